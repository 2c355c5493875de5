package io.holdfast.sources.backupapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.Size;

class AddressesTest {

    @Property
    void forbidsLinkLocalAddressesInWhateverWayTheyAreWritten(@ForAll byte third, @ForAll byte fourth)
            throws UnknownHostException {
        byte[] inner = {(byte) 169, (byte) 254, third, fourth};
        assertThat(Addresses.isForbidden(InetAddress.getByAddress(inner))).isTrue();
        for (String prefix :
                new String[] {"00000000000000000000ffff", "000000000000000000000000", "0064ff9b0000000000000000"}) {
            assertThat(Addresses.isForbidden(address(prefix, inner, "")))
                    .as(prefix)
                    .isTrue();
        }
        assertThat(Addresses.isForbidden(address("2002", inner, "00000000000000000000")))
                .isTrue();
    }

    @Property
    void forbidsAllOfFe80(@ForAll @Size(16) byte[] bytes) throws UnknownHostException {
        bytes[0] = (byte) 0xfe;
        bytes[1] = (byte) (0x80 | (bytes[1] & 0x3f));
        assertThat(Addresses.isForbidden(InetAddress.getByAddress(bytes))).isTrue();
    }

    @Property
    void takesNetworksOfOnesOwnForPrivate(
            @ForAll byte second, @ForAll byte third, @ForAll @ByteRange(min = 16, max = 31) byte narrow)
            throws UnknownHostException {
        for (byte[] inner : new byte[][] {
            {10, second, third, 1},
            {127, second, third, 1},
            {(byte) 172, narrow, third, 1},
            {(byte) 192, (byte) 168, third, 1}
        }) {
            assertThat(Addresses.isPrivate(InetAddress.getByAddress(inner))).isTrue();
            assertThat(Addresses.isPrivate(address("0064ff9b0000000000000000", inner, "")))
                    .isTrue();
        }
    }

    @Example
    void knowsWhereCloudsKeepTheirSecrets() {
        for (String address :
                new String[] {"169.254.169.254", "fd00:ec2::254", "100.100.100.200", "0.0.0.0", "::", "224.0.0.1"}) {
            assertThat(Addresses.isForbidden(InetAddress.ofLiteral(address)))
                    .as(address)
                    .isTrue();
        }
    }

    @Example
    void letsOthersThrough() {
        for (String address : new String[] {"127.0.0.1", "::1", "10.0.0.1", "8.8.8.8", "2001:db8::1", "fd12::1"}) {
            assertThat(Addresses.isForbidden(InetAddress.ofLiteral(address)))
                    .as(address)
                    .isFalse();
        }
        for (String address : new String[] {"8.8.8.8", "2001:db8::1", "172.32.0.1", "100.128.0.1"}) {
            assertThat(Addresses.isPrivate(InetAddress.ofLiteral(address)))
                    .as(address)
                    .isFalse();
        }
        for (String address : new String[] {"::1", "fd12::1", "100.64.0.1"}) {
            assertThat(Addresses.isPrivate(InetAddress.ofLiteral(address)))
                    .as(address)
                    .isTrue();
        }
    }

    private static InetAddress address(String before, byte[] inner, String after) throws UnknownHostException {
        var hex = java.util.HexFormat.of();
        return InetAddress.getByAddress(hex.parseHex(before + hex.formatHex(inner) + after));
    }
}
