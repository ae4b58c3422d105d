using System.Net;

namespace OmniIoT.Gateway.Listening;

/// <summary>The load balancers whose word on a client's address is believed. Anybody else could choose an address.</summary>
/// <param name="Networks">Theirs, single addresses among them.</param>
public sealed record TrustedProxies(IReadOnlyList<IPNetwork> Networks)
{
    /// <summary>Those on the machine itself.</summary>
    public static TrustedProxies Loopback { get; } =
        new([new IPNetwork(new IPAddress([127, 0, 0, 0]), 8), new IPNetwork(IPAddress.IPv6Loopback, 128)]);

    /// <summary>Whether a connection comes from one of them.</summary>
    public bool Contains(EndPoint? peer) =>
        peer is IPEndPoint { Address: var address } && Networks.Any(network => network.Contains(Plain(address)));

    public override string ToString() => string.Join(',', Networks);

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
