using OmniIoT.Devices.Time;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Live;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>Applies the effects of one try at one commit.</summary>
internal sealed class EffectWriter
{
    private readonly CommitWork _work;
    private readonly ChangeWriter _changes;
    private readonly SnapshotWriter _snapshots;
    private readonly FigureWriter _figures;
    private readonly GrainWriter _grains;
    private readonly MergeWriter _merges;
    private readonly OfferWriter _offers;
    private readonly OutgoingWriter _outgoing;
    private readonly DocumentWriter _documents;
    private readonly OutboxWriter _outbox;
    private readonly ProvisioningWriter _provisioning;
    private readonly AuditWriter _audit;
    private readonly DeliveryWriter _deliveries;
    private readonly EffectList _effects;

    public EffectWriter(CommitWork work, Instant now, string lane, ChangeTrim trim)
    {
        _work = work;
        WorkWriter desk = new(work);
        _changes = new ChangeWriter(work, now, trim);
        _snapshots = new SnapshotWriter(work);
        _figures = new FigureWriter(work);
        _grains = new GrainWriter(work, lane);
        _merges = new MergeWriter(work);
        _offers = new OfferWriter(work, _changes);
        _outgoing = new OutgoingWriter(work);
        _documents = new DocumentWriter(work);
        _outbox = new OutboxWriter(work);
        _provisioning = new ProvisioningWriter(work);
        _audit = new AuditWriter(work);
        _deliveries = new DeliveryWriter(work);
        _effects = new EffectList
        {
            Attachments = new AttachmentWriter(work),
            Audit = _audit,
            CallBacks = new CallBackWriter(work),
            Cases = new CaseWriter(work, _changes, desk),
            Changes = _changes,
            Conversations = new ConversationWriter(work, _changes, desk),
            Customers = new CustomerWriter(work, _changes),
            Deliveries = _deliveries,
            Devices = new DeviceWriter(work),
            Documents = _documents,
            Figures = _figures,
            Grains = _grains,
            Merges = _merges,
            Offers = _offers,
            Outbox = _outbox,
            Outgoing = _outgoing,
            Provisioning = _provisioning,
            Sessions = new SessionWriter(work, lane),
            Snapshots = _snapshots,
            Surveys = new SurveyWriter(work),
            Timeline = new TimelineWriter(work, _changes),
        };
    }

    /// <summary>Applies units in order, each whole, or nothing of it when what it rests on is no longer true.</summary>
    /// <param name="lookFirst">Whether versions of snapshots are read first, because a try before met others than it expected.</param>
    public CommitOutcome[] Apply(IReadOnlyList<CommitUnit> units, bool lookFirst)
    {
        bool locked = Preconditions.Lock(_work.Batch, units);
        if (locked)
        {
            _offers.Load(units);
            _outbox.Load(units);
            _outgoing.Load(units);
        }
        if (lookFirst)
            _snapshots.Load(units);
        if (locked || lookFirst)
            _work.Send();
        return [.. units.Select(Apply)];
    }

    /// <summary>Adds all that is left to the batch.</summary>
    /// <returns>What changed, in order, with numbers once the batch was sent.</returns>
    public Func<IReadOnlyList<Change>> Finish()
    {
        if (_changes.AwaitsRows || _offers.AwaitsRows || _provisioning.AwaitsRows)
            _work.Send();
        _work.Drain();
        _snapshots.Drain();
        _grains.Stage();
        _provisioning.Tally();
        _offers.Tally();
        _figures.Tally();
        _deliveries.Drain();
        return _changes.Log();
    }

    private CommitOutcome Apply(CommitUnit unit)
    {
        if (_offers.IsOverspent(unit.Effects) || _merges.IsStale(unit.Effects))
            return CommitOutcome.Conflict;
        foreach (Effect effect in unit.Effects)
        {
            if (_snapshots.IsStale(effect) || _documents.IsStale(effect) || _outbox.IsStale(effect) || _outgoing.IsStale(effect))
                return CommitOutcome.Conflict;
        }
        if (unit.Origin is not null)
            _audit.Append(unit.Effects);
        foreach (Effect effect in unit.Effects)
        {
            if (effect is SaveGrain save)
                _snapshots.Put(save);
            _effects.Apply(effect);
        }
        return CommitOutcome.Committed;
    }
}
