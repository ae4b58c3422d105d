using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Audit;

/// <summary>Where the chain ends.</summary>
/// <param name="Sequence">Of the last link; 0: there is none.</param>
/// <param name="Hash">Of the last link; zeros when there is none.</param>
public sealed record ChainHead(long Sequence, byte[] Hash)
{
    public static ChainHead Start { get; } = new(0, new byte[AuditChain.HashBytes]);
}

/// <summary>
/// An entry of the trail as it is stored. What may have to be cut out, because somebody is erased, enters the chain by its digest.
/// </summary>
public sealed record ChainLink
{
    /// <summary>Its place; the first is 1, and there are no gaps.</summary>
    public required long Sequence { get; init; }

    public required string Id { get; init; }

    public required Instant At { get; init; }

    public required string Actor { get; init; }

    public required string Action { get; init; }

    public required string Subject { get; init; }

    public required string Outcome { get; init; }

    /// <summary>Ids of the customers whose data the values are, in order, with blanks between them; empty: nobody's.</summary>
    public required string Persons { get; init; }

    public required ChainValue Address { get; init; }

    public required ChainValue Before { get; init; }

    public required ChainValue After { get; init; }

    /// <summary>The hash of the link before; zeros for the first.</summary>
    public required byte[] Previous { get; init; }

    public byte[] Hash { get; init; } = [];
}
