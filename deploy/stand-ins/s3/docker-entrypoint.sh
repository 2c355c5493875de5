#!/bin/sh
exec java -Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '/opt/classes:/opt/lib/*' S3
