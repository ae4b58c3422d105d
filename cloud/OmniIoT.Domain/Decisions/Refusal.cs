using OmniIoT.Devices.Payloads;
using OmniIoT.Domain.Delivery;

namespace OmniIoT.Domain.Decisions;

/// <summary>Why a message goes to the dead letters.</summary>
public sealed record Refusal(DeadLetterReason Reason, string Detail)
{
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
