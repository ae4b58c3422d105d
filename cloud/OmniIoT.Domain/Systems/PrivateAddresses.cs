using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace OmniIoT.Domain.Systems;

/// <summary>
/// Which addresses lie in the world and which in somebody's own network: what people write down must not lead the host to its neighbours.
/// After the registries of special-purpose addresses (RFC 6890, iana.org/assignments/iana-ipv4-special-registry and …-ipv6-…).
/// </summary>
public static class PrivateAddresses
{
    /// <summary>Where addresses of IPv4 stand in those of NAT64 (RFC 6052, 2.1).</summary>
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>The second and third byte of 6to4 are the beginning of an address of IPv4 (RFC 3056).</summary>
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>All that is given out in the world so far (RFC 4291, 2.4).</summary>
    private static readonly IPNetwork World6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Special6 =
    [
        IPNetwork.Parse("2001::/23"), // protocols, with Teredo
        IPNetwork.Parse("2001:db8::/32"), // documentation
        IPNetwork.Parse("3fff::/20"), // documentation
    ];

    private static readonly IPNetwork[] Special4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), // this network, unspecified
        IPNetwork.Parse("10.0.0.0/8"), // private, RFC 1918
        IPNetwork.Parse("100.64.0.0/10"), // carriers' NAT, RFC 6598
        IPNetwork.Parse("127.0.0.0/8"), // loopback
        IPNetwork.Parse("169.254.0.0/16"), // link-local, where clouds keep their secrets
        IPNetwork.Parse("172.16.0.0/12"), // private, RFC 1918
        IPNetwork.Parse("192.0.0.0/24"), // protocols
        IPNetwork.Parse("192.0.2.0/24"), // documentation
        IPNetwork.Parse("192.88.99.0/24"), // relays of 6to4
        IPNetwork.Parse("192.168.0.0/16"), // private, RFC 1918
        IPNetwork.Parse("198.18.0.0/15"), // benchmarks
        IPNetwork.Parse("198.51.100.0/24"), // documentation
        IPNetwork.Parse("203.0.113.0/24"), // documentation
        IPNetwork.Parse("224.0.0.0/4"), // multicast
        IPNetwork.Parse("240.0.0.0/4"), // reserved, broadcast
    ];

    /// <summary>Whether the address is one of the world.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return IsPublic(address.MapToIPv4());
        if (address.AddressFamily is AddressFamily.InterNetwork)
            return !Array.Exists(Special4, network => network.Contains(address));
        if (Nat64.Contains(address))
            return IsPublic(EmbeddedAt(address, 12));
        if (SixToFour.Contains(address))
            return IsPublic(EmbeddedAt(address, 2));
        return World6.Contains(address) && !Array.Exists(Special6, network => network.Contains(address));
    }

    /// <summary>
    /// Whether a host of an address is known for private as it stands: a literal, or this machine's own name. What a name leads to is
    /// known when it is called, and only then.
    /// </summary>
    public static bool IsPrivateHost(Uri address) =>
        IPAddress.TryParse(address.DnsSafeHost, out IPAddress? literal) ? !IsPublic(literal) : IsThisMachine(address.IdnHost);

    private static bool IsThisMachine(string host)
    {
        string name = host.TrimEnd('.');
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }

    private static IPAddress EmbeddedAt(IPAddress address, int offset)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        uint embedded = BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);
        return new IPAddress(embedded);
    }
}
