using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Outgoing;

/// <summary>Reason strings of refused messages, encoded once.</summary>
internal static class RefusalProperties
{
    private static readonly byte[] NotAuthorized = Encode("The topic does not lie below the root of who is signed in.");
    private static readonly byte[] PayloadInvalid = Encode("The payload cannot be understood; it was kept as a dead letter.");
    private static readonly byte[] QuotaExceeded = Encode("A limit is reached; the message was kept as a dead letter.");

    /// <summary>Empty where the code says all.</summary>
    public static ReadOnlySpan<byte> Of(ReasonCode reason) =>
        reason switch
        {
            ReasonCode.NotAuthorized => NotAuthorized,
            ReasonCode.PayloadFormatInvalid => PayloadInvalid,
            ReasonCode.QuotaExceeded => QuotaExceeded,
            _ => default,
        };

    private static byte[] Encode(string text) => new PacketProperties { ReasonString = text }.Encode(PacketType.PubAck);
}
