namespace OmniIoT.Devices.Payloads;

/// <summary>An element of a message's array that cannot be understood, while its neighbours count.</summary>
/// <param name="Start">Its first byte in the payload.</param>
/// <param name="Length">Bytes.</param>
public readonly record struct RefusedElement(int Start, int Length, PayloadProblem Problem);
