using System.Buffers;
using System.Buffers.Binary;
using System.Net;

namespace OmniIoT.Gateway.Listening;

/// <summary>What a header was found to be.</summary>
internal enum ProxyHeaderState
{
    /// <summary>More bytes are needed.</summary>
    Incomplete,

    /// <summary>It is whole.</summary>
    Complete,

    /// <summary>The bytes are no header of version 2.</summary>
    Invalid,
}

/// <summary>
/// The header that a load balancer sends before a connection's own bytes: PROXY protocol version 2, section 2.2 of its specification
/// (proxy-protocol.txt of HAProxy, 2020/03/05).
/// </summary>
internal static class ProxyHeader
{
    /// <summary>Signature, version and command, family, length.</summary>
    private const int FixedLength = 16;

    /// <summary>Addresses and more of a header; what balancers send stays below 600 bytes.</summary>
    private const int MaximumLength = 4096;

    private const byte Version2 = 0x20;
    private const byte CommandLocal = 0x00;
    private const byte CommandProxy = 0x01;
    private const byte TcpOverIPv4 = 0x11;
    private const byte TcpOverIPv6 = 0x21;

    private static ReadOnlySpan<byte> Signature => [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A];

    /// <summary>Takes the header off the front of <paramref name="buffer"/> when it is whole.</summary>
    /// <param name="source">The client's address; null when the balancer speaks for itself (a health check) or names none.</param>
    public static ProxyHeaderState TryRead(ref ReadOnlySequence<byte> buffer, out IPEndPoint? source)
    {
        source = null;
        Span<byte> head = stackalloc byte[FixedLength];
        int available = (int)Math.Min(buffer.Length, FixedLength);
        buffer.Slice(0, available).CopyTo(head);
        int compared = Math.Min(available, Signature.Length);
        if (!head[..compared].SequenceEqual(Signature[..compared]))
            return ProxyHeaderState.Invalid;
        if (available < FixedLength)
            return ProxyHeaderState.Incomplete;
        int length = BinaryPrimitives.ReadUInt16BigEndian(head[14..]);
        if ((head[12] & 0xF0) != Version2 || (head[12] & 0x0F) > CommandProxy || length > MaximumLength)
            return ProxyHeaderState.Invalid;
        if (buffer.Length < FixedLength + length)
            return ProxyHeaderState.Incomplete;
        if ((head[12] & 0x0F) != CommandLocal)
            source = ReadSource(head[13], buffer.Slice(FixedLength, length));
        buffer = buffer.Slice(FixedLength + length);
        return ProxyHeaderState.Complete;
    }

    private static IPEndPoint? ReadSource(byte family, ReadOnlySequence<byte> addresses) =>
        family switch
        {
            TcpOverIPv4 => ReadSource(addresses, addressLength: 4),
            TcpOverIPv6 => ReadSource(addresses, addressLength: 16),
            _ => null,
        };

    // Source address, destination address, source port, destination port.
    private static IPEndPoint? ReadSource(ReadOnlySequence<byte> addresses, int addressLength)
    {
        int length = (2 * addressLength) + 4;
        if (addresses.Length < length)
            return null;
        Span<byte> bytes = stackalloc byte[(2 * 16) + 4];
        addresses.Slice(0, length).CopyTo(bytes);
        return new IPEndPoint(new IPAddress(bytes[..addressLength]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * addressLength)..]));
    }
}
