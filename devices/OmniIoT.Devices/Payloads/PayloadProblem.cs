namespace OmniIoT.Devices.Payloads;

public enum PayloadProblemKind : byte
{
    InvalidJson,
    WrongShape,
    NotFinite,
    TooLarge,
}

/// <summary>Why a payload cannot be understood.</summary>
/// <param name="Detail">What was found, where, and what is allowed.</param>
public sealed record PayloadProblem(PayloadProblemKind Kind, string Detail);
