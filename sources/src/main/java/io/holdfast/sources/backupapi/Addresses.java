package io.holdfast.sources.backupapi;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which addresses lead where no backup lies. Addresses of version 6 that carry one of version 4 (mapped, compatible,
 * NAT64, 6to4) count as both.
 */
final class Addresses {

    /** Where clouds tell a machine its credentials; those of version 4 that are not link-local. */
    private static final Set<InetAddress> METADATA = Stream.of(
                    "fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "192.0.0.192", "168.63.129.16")
            .map(InetAddress::ofLiteral)
            .collect(Collectors.toUnmodifiableSet());

    private Addresses() {}

    /** Whether nothing may ever be asked there: link-local and metadata addresses, and what is no single machine. */
    static boolean isForbidden(InetAddress address) {
        return meant(address).stream()
                .anyMatch(it -> it.isLinkLocalAddress()
                        || it.isMulticastAddress()
                        || it.isAnyLocalAddress()
                        || METADATA.contains(it));
    }

    /** Whether it belongs to this machine or its own network. */
    static boolean isPrivate(InetAddress address) {
        return meant(address).stream()
                .anyMatch(it -> it.isLoopbackAddress() || it.isSiteLocalAddress() || isPrivate(it.getAddress()));
    }

    private static boolean isPrivate(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        return bytes.length == 16
                ? (first & 0xfe) == 0xfc
                : first == 0
                        || first >= 240
                        || (first == 100 && (second & 0xc0) == 64)
                        || (first == 198 && (second & 0xfe) == 18);
    }

    private static List<InetAddress> meant(InetAddress address) {
        List<InetAddress> meant = new ArrayList<>(List.of(address));
        if (address instanceof Inet6Address) {
            byte[] bytes = address.getAddress();
            if (startsWith(bytes, 0x20, 0x02)) {
                meant.add(carried(bytes, 2));
            } else if (startsWith(bytes, 0, 0x64, 0xff, 0x9b) || isCompatible(bytes)) {
                meant.add(carried(bytes, 12));
            }
        }
        return meant;
    }

    /** Twelve bytes of nothing, or ten and two of ones; but not :: and ::1, which mean something of their own. */
    private static boolean isCompatible(byte[] bytes) {
        boolean zeroes = Arrays.equals(bytes, 0, 10, new byte[10], 0, 10);
        boolean mapped = (bytes[10] & bytes[11] & 0xff) == 0xff;
        boolean compatible = bytes[10] == 0 && bytes[11] == 0 && (bytes[12] | bytes[13]) != 0;
        return zeroes && (mapped || compatible);
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        for (int index = 0; index < prefix.length; index++) {
            if ((bytes[index] & 0xff) != prefix[index]) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress carried(byte[] bytes, int at) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
