using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Live;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;
using OmniIoT.Storage.Sqlite.Searching;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>Applies effects within the transaction of a connection; lives as long as the connection.</summary>
internal sealed class EffectWriter
{
    private readonly ChangeWriter _changes;
    private readonly FigureWriter _figures;
    private readonly GrainWriter _grains;
    private readonly MergeWriter _merges;
    private readonly OfferWriter _offers;
    private readonly OutgoingWriter _outgoing;
    private readonly DocumentWriter _documents;
    private readonly OutboxWriter _outbox;
    private readonly AuditWriter _audit;
    private readonly EffectList _effects;
    private bool _erased;

    public EffectWriter(DatabaseConnection connection, TimeProvider time, int keptChanges)
    {
        WordWriter words = new(connection);
        WorkWriter work = new(connection);
        _changes = new ChangeWriter(connection, time, keptChanges);
        _figures = new FigureWriter(connection);
        _grains = new GrainWriter(connection);
        _merges = new MergeWriter(connection);
        _offers = new OfferWriter(connection, _changes);
        _outgoing = new OutgoingWriter(connection);
        _documents = new DocumentWriter(connection);
        _outbox = new OutboxWriter(connection);
        _audit = new AuditWriter(connection);
        _effects = new EffectList
        {
            Attachments = new AttachmentWriter(connection),
            Audit = _audit,
            CallBacks = new CallBackWriter(connection),
            Cases = new CaseWriter(connection, _changes, words, work),
            Changes = _changes,
            Conversations = new ConversationWriter(connection, _changes, work),
            Customers = new CustomerWriter(connection, _changes, words),
            Deliveries = new DeliveryWriter(connection),
            Devices = new DeviceWriter(connection, words),
            Documents = _documents,
            Figures = _figures,
            Grains = _grains,
            Merges = _merges,
            Offers = _offers,
            Outbox = _outbox,
            Outgoing = _outgoing,
            Provisioning = new ProvisioningWriter(connection),
            Sessions = new SessionWriter(connection),
            Snapshots = _grains,
            Surveys = new SurveyWriter(connection),
            Timeline = new TimelineWriter(connection, _changes, words),
        };
    }

    /// <summary>Applies a unit whole, or nothing of it when what it rests on is no longer true.</summary>
    public CommitOutcome Apply(CommitUnit unit)
    {
        if (HasConditions(unit.Effects) && IsStale(unit.Effects))
            return CommitOutcome.Conflict;
        // The snapshot comes first: when it is refused, nothing of the unit was written yet.
        foreach (Effect effect in unit.Effects)
        {
            if (effect is SaveGrain save && !_grains.TrySave(save))
                return CommitOutcome.Conflict;
        }
        if (unit.Origin is not null)
            _audit.Append(unit.Effects);
        foreach (Effect effect in unit.Effects)
        {
            _erased |= effect is EraseCustomer;
            _effects.Apply(effect);
        }
        return CommitOutcome.Committed;
    }

    /// <summary>Few units have any, and all of a busy second's would pay for looking at them closely.</summary>
    private static bool HasConditions(List<Effect> unit)
    {
        foreach (Effect effect in unit)
        {
            if (
                effect
                is SpendBudget
                    or PutMerge
                    or RemoveMerge
                    or PutDocument
                    or DeleteDocument
                    or Dequeue { IsClaim: true }
                    or BeginSending
            )
                return true;
        }
        return false;
    }

    private bool IsStale(List<Effect> unit) =>
        _offers.IsOverspent(unit)
        || _merges.IsStale(unit)
        || unit.Exists(_documents.IsStale)
        || unit.Exists(_outbox.IsStale)
        || unit.Exists(_outgoing.IsStale);

    /// <summary>Whether somebody was erased since the last call: then the log must not keep them either.</summary>
    public bool TakeErased()
    {
        bool erased = _erased;
        _erased = false;
        return erased;
    }

    /// <summary>Ends the transaction's work: what was gathered is written. Returns what changed since the last call, in order.</summary>
    public IReadOnlyList<Change> Finish()
    {
        _grains.WriteStaged();
        _figures.Tally();
        return _changes.Take();
    }
}
