namespace OmniIoT.Domain.Audit;

/// <summary>Where a chain does not hold.</summary>
/// <param name="Id">The first entry that does not fit, or the last one that does where the end is missing; null: there is none.</param>
/// <param name="Reason">For people.</param>
public sealed record ChainFault(string? Id, string Reason);

/// <summary>
/// Looks whether links follow one another as they were written. Values may only be missing of somebody whose erasure is on record later.
/// </summary>
/// <param name="head">What must be reached.</param>
public sealed class ChainCheck(ChainHead head)
{
    private const string CustomerPrefix = "customer:";

    private readonly List<(string Id, string[] Persons)> _cut = [];
    private ChainHead _last = ChainHead.Start;
    private string? _lastId;

    public ChainHead Last => _last;

    /// <summary>Takes the next link; null when it fits.</summary>
    public ChainFault? Take(ChainLink link)
    {
        if (FaultOf(link) is { } reason)
            return new ChainFault(link.Id, reason);
        (_last, _lastId) = (new ChainHead(link.Sequence, link.Hash), link.Id);
        if (link.Sequence == head.Sequence && !link.Hash.AsSpan().SequenceEqual(head.Hash))
            return new ChainFault(link.Id, "it is not the entry that the chain ended with");
        if (link.Address.IsCut)
            _cut.Add((link.Id, [Person(link.Actor)]));
        if (link.Before.IsCut || link.After.IsCut)
            _cut.Add((link.Id, link.Persons.Split(' ')));
        if (link.Action == AuditActions.CustomerErased)
            _cut.RemoveAll(cut => cut.Persons.Contains(Person(link.Subject)));
        return null;
    }

    /// <summary>There are no more links; null when none is missing.</summary>
    public ChainFault? End()
    {
        if (_last.Sequence < head.Sequence)
            return new ChainFault(_lastId, $"{head.Sequence - _last.Sequence} entries after it are missing");
        return _cut is [var first, ..] ? new ChainFault(first.Id, "values are missing of somebody who was not erased") : null;
    }

    private string? FaultOf(ChainLink link)
    {
        if (link.Sequence != _last.Sequence + 1)
            return "entries before it are missing";
        if (!link.Previous.AsSpan().SequenceEqual(_last.Hash))
            return "it does not follow the entry before it";
        if (!link.Hash.AsSpan().SequenceEqual(AuditChain.HashOf(link)))
            return "it was changed";
        return link.Address.Fits && link.Before.Fits && link.After.Fits ? null : "its values were changed";
    }

    private static string Person(string name) =>
        name.StartsWith(CustomerPrefix, StringComparison.Ordinal) ? name[CustomerPrefix.Length..] : "\0";
}
