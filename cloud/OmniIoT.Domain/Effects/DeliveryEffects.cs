using OmniIoT.Domain.Delivery;

namespace OmniIoT.Domain.Effects;

/// <summary>Puts a downlink into the outbox.</summary>
public sealed record Enqueue(Downlink Downlink) : Effect;

/// <summary>Takes a downlink out of the outbox: it was handed over, or given up.</summary>
/// <param name="IsClaim">Its unit is void when somebody else took it out before.</param>
public sealed record Dequeue(string DownlinkId, bool IsClaim = false) : Effect;

public sealed record AppendDeadLetter(DeadLetter DeadLetter) : Effect;
