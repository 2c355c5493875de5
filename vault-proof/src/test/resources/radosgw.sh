#!/bin/bash
# radosgw.sh DIR PORT MONITOR_PORT ACCESS_KEY SECRET_KEY
# Runs a Ceph object gateway in the foreground, over one monitor and one OSD in memory, all on loopback.
# Everything it writes lies below DIR, and SIGTERM ends all of it.
set -euo pipefail
dir=$1 port=$2 monitor=v2:127.0.0.1:$3 access=$4 secret=$5
export CEPH_CONF=$dir/ceph.conf
mkdir -p "$dir"/{mon,osd,rgw,run}
cluster=$(cat /proc/sys/kernel/random/uuid)
cat >"$CEPH_CONF" <<END
[global]
fsid = $cluster
mon host = [$monitor]
mon initial members = a
public network = 127.0.0.0/8
auth cluster required = none
auth service required = none
auth client required = none
keyring = /dev/null
mon data = $dir/mon
osd data = $dir/osd
rgw data = $dir/rgw
run dir = $dir/run
log file = $dir/\$name.log
pid file = $dir/run/\$name.pid
mon cluster log file = /dev/null
mon allow pool size one = true
mon warn on pool no redundancy = false
mon data avail crit = 1
mon data avail warn = 2
mon max pg per osd = 2000
mon tick interval = 1
ms mon client mode = crc
paxos propose interval = 0.1
paxos min wait = 0.02
osd objectstore = memstore
memstore device bytes = 2147483648
osd crush update on start = false
osd crush chooseleaf type = 0
osd max object name len = 256
osd op num shards = 2
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
rgw rados pool pg num min = 1
rgw frontends = beast endpoint=127.0.0.1:$port
rgw enable usage log = false
END

stop() {
    local running
    running=$(jobs -p)
    [[ -z $running ]] || kill $running 2>/dev/null || true
    wait
}
trap stop EXIT
trap 'exit 143' TERM

monmaptool --create --clobber --fsid "$cluster" --addv a "[$monitor]" "$dir/monmap"
ceph-mon --mkfs -i a --monmap "$dir/monmap"
ceph-mon -f -i a &
osd=$(cat /proc/sys/kernel/random/uuid)
ceph osd new "$osd"
ceph-osd -i 0 --mkfs --osd-uuid "$osd"
ceph osd crush add osd.0 1.0 root=default
ceph-osd -f -i 0 &
radosgw-admin user create --uid=test --display-name=test --access-key="$access" --secret-key="$secret"
radosgw -f -n client.rgw.a &
wait -n
