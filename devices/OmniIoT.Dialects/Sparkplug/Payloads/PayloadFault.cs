namespace OmniIoT.Dialects.Sparkplug.Payloads;

/// <summary>Why a payload is not understood.</summary>
/// <param name="IsTooLarge">It has more than is taken; else it is no payload of Sparkplug.</param>
public sealed record PayloadFault(bool IsTooLarge, string Detail);
