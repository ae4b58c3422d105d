using System.IO.Hashing;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Ports.Sessions;

/// <summary>A QoS 2 message that was taken in.</summary>
/// <param name="Fingerprint">The same for the same topic and payload, in every process; null for what an earlier version took in.</param>
/// <param name="Outcome">
/// What became of it. A message that was accepted is kept until its client releases it. One that was refused needs no release where
/// the client is told so (MQTT 5.0), and is kept for as long as the client may not have heard that.
/// </param>
public readonly record struct ReceivedMessage(ushort PacketIdentifier, long? Fingerprint, MessageOutcome Outcome)
{
    /// <summary>Of a message.</summary>
    public static long FingerprintOf(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload) =>
        unchecked((long)XxHash3.HashToUInt64(payload, (long)XxHash3.HashToUInt64(topic)));
}
