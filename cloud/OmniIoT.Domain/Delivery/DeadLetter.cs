using OmniIoT.Devices;

namespace OmniIoT.Domain.Delivery;

public enum DeadLetterReason { InvalidJson, WrongShape, NotFinite, TooLarge, Future, UnknownBeacon, UnknownModel }

/// <summary>A message that could not be understood, kept with its reason.</summary>
/// <param name="Payload">The first 4 KiB of what came.</param>
public sealed record DeadLetter(
    string Id, Instant At, string Topic, string Principal, DeadLetterReason Reason, string Detail, byte[] Payload)
{
    public const int KeptPayloadBytes = 4096;
}
