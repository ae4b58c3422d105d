using OmniIoT.Devices.Payloads;
using OmniIoT.Domain.Delivery;

namespace OmniIoT.Domain.Decisions;

/// <summary>Why a message goes to the dead letters.</summary>
public sealed record Refusal(DeadLetterReason Reason, string Detail)
{
    /// <summary>
    /// The elements of the message's array that are refused, each a dead letter of its own, while the others count; empty: the whole
    /// message.
    /// </summary>
    public IReadOnlyList<RefusedPart> Parts { get; init; } = [];

    public static Refusal From(PayloadProblem problem) =>
        new(
            problem.Kind switch
            {
                PayloadProblemKind.InvalidJson => DeadLetterReason.InvalidJson,
                PayloadProblemKind.NotFinite => DeadLetterReason.NotFinite,
                PayloadProblemKind.TooLarge => DeadLetterReason.TooLarge,
                _ => DeadLetterReason.WrongShape,
            },
            problem.Detail
        );
}

/// <summary>An element that is refused.</summary>
/// <param name="Payload">As it came.</param>
public sealed record RefusedPart(DeadLetterReason Reason, string Detail, byte[] Payload);
