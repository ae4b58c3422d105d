using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>Applies the effects of one try at one commit.</summary>
internal sealed class EffectWriter
{
    private readonly CommitWork _work;
    private readonly ChangeWriter _changes;
    private readonly SnapshotWriter _snapshots;
    private readonly GrainWriter _grains;
    private readonly DeviceWriter _devices;
    private readonly CaseWriter _cases;
    private readonly TimelineWriter _timeline;
    private readonly CustomerWriter _customers;
    private readonly MergeWriter _merges;
    private readonly OfferWriter _offers;
    private readonly ConversationWriter _conversations;
    private readonly OutgoingWriter _outgoing;
    private readonly AttachmentWriter _attachments;
    private readonly DocumentWriter _documents;
    private readonly OutboxWriter _outbox;
    private readonly SessionWriter _sessions;
    private readonly ProvisioningWriter _provisioning;
    private readonly AuditWriter _audit;

    public EffectWriter(CommitWork work, Instant now, string lane, ChangeTrim trim)
    {
        _work = work;
        _changes = new ChangeWriter(work, now, trim);
        _snapshots = new SnapshotWriter(work);
        _grains = new GrainWriter(work, lane);
        _devices = new DeviceWriter(work);
        WorkWriter desk = new(work);
        _cases = new CaseWriter(work, _changes, desk);
        _timeline = new TimelineWriter(work, _changes);
        _customers = new CustomerWriter(work, _changes);
        _merges = new MergeWriter(work);
        _offers = new OfferWriter(work, _changes);
        _conversations = new ConversationWriter(work, _changes, desk);
        _outgoing = new OutgoingWriter(work);
        _attachments = new AttachmentWriter(work);
        _documents = new DocumentWriter(work);
        _outbox = new OutboxWriter(work);
        _sessions = new SessionWriter(work, lane);
        _provisioning = new ProvisioningWriter(work);
        _audit = new AuditWriter(work);
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
            Apply(effect);
        return CommitOutcome.Committed;
    }

    private void Apply(Effect effect)
    {
        switch (effect)
        {
            case SaveGrain save:
                _snapshots.Put(save);
                break;
            case AppendTelemetry append:
                _grains.Stage(append);
                break;
            case TrimStagedTelemetry trim:
                _grains.Trim(trim);
                break;
            case Tell tell:
                _grains.Put(tell);
                break;
            case Told told:
                _grains.Remove(told);
                break;
            case PutDevice put:
                _devices.Put(put.Device);
                break;
            case DeleteDevice delete:
                Delete(delete.DeviceId);
                break;
            case PutCredential put:
                _devices.Put(put);
                break;
            case PutCommand put:
                _devices.Put(put.Command);
                break;
            case PutDeviceMessage put:
                _devices.Put(put.Message);
                break;
            case PutAlarm put:
                _cases.Put(put.Alarm);
                break;
            case PutCase put:
                _cases.Put(put.Case);
                break;
            case AppendTimeline append:
                _timeline.Append(append.Entry);
                break;
            case Enqueue enqueue:
                _outbox.Enqueue(enqueue.Downlink);
                break;
            case Dequeue dequeue:
                _outbox.Dequeue(dequeue.DownlinkId);
                break;
            case AppendDeadLetter append:
                _outbox.Append(append.DeadLetter);
                break;
            case PutCustomer put:
                _customers.Put(put.Customer);
                break;
            case PutMerge put:
                _merges.Put(put.Merge);
                break;
            case RemoveMerge remove:
                _merges.Remove(remove.CustomerId);
                break;
            case EraseCustomer erase:
                Erase(erase.CustomerId);
                break;
            case PutVisit put:
                _customers.Put(put.Visit);
                break;
            case PutOffer put:
                _offers.Put(put.Offer);
                break;
            case SpendBudget:
                break;
            case AppendDecision append:
                _offers.Append(append);
                break;
            case PutConversation put:
                _conversations.Put(put.Conversation);
                break;
            case AppendMessage append:
                _conversations.Append(append);
                _attachments.Name(append);
                break;
            case PutMessage put:
                _conversations.Put(put);
                break;
            case PutDocument put:
                _documents.Put(put);
                break;
            case DeleteDocument delete:
                _documents.Delete(delete);
                break;
            default:
                ApplySession(effect);
                break;
        }
    }

    private void ApplySession(Effect effect)
    {
        switch (effect)
        {
            case PutSession put:
                _sessions.Put(put.Session);
                break;
            case DeleteSession delete:
                _sessions.Delete(delete.ClientId);
                break;
            case PutSubscription put:
                _sessions.Put(put);
                break;
            case DeleteSubscription delete:
                _sessions.Delete(delete);
                break;
            case PutSessionMessage put:
                _sessions.Put(put);
                break;
            case DeleteSessionMessage delete:
                _sessions.Delete(delete);
                break;
            case RememberReceived remember:
                _sessions.Remember(remember);
                break;
            case ForgetReceived forget:
                _sessions.Forget(forget);
                break;
            case PutRetained put:
                _sessions.Put(put.Message);
                break;
            default:
                ApplyProvisioning(effect);
                break;
        }
    }

    private void ApplyProvisioning(Effect effect)
    {
        switch (effect)
        {
            case AppendRegistration append:
                _provisioning.Append(append.Registration);
                break;
            case ResetRegistrationCounts reset:
                _provisioning.Reset(reset);
                break;
            case PutClaimCode put:
                _provisioning.Put(put);
                break;
            case PutCertificate put:
                _provisioning.Put(put);
                break;
            case DeleteCertificate delete:
                _provisioning.Delete(delete);
                break;
            case RecordAudit:
                break;
            default:
                ApplyOutgoing(effect);
                break;
        }
    }

    private void ApplyOutgoing(Effect effect)
    {
        switch (effect)
        {
            case SendMessage send:
                _outgoing.Append(send.Message);
                break;
            case BeginSending begin:
                _outgoing.Begin(begin);
                break;
            case SendLater later:
                _outgoing.Postpone(later);
                break;
            case EndSending end:
                _outgoing.End(end);
                break;
            case PutAttachment put:
                _attachments.Put(put);
                break;
            case DropAttachments drop:
                _attachments.Drop(drop);
                break;
            default:
                throw new NotSupportedException($"The store does not know the effect {effect.GetType().Name}.");
        }
    }

    private void Delete(string deviceId)
    {
        EntityId grain = EntityId.Device(deviceId);
        _devices.Delete(deviceId);
        _devices.DeleteCredential(grain);
        _provisioning.DeleteOf(deviceId);
        _cases.DeleteAlarms(deviceId);
        _snapshots.Delete(grain);
        _outbox.DeleteOf(grain);
    }

    /// <summary>In the database's files what was deleted is overwritten by its vacuum, not at once.</summary>
    private void Erase(string customerId)
    {
        EntityId grain = EntityId.Customer(customerId);
        _customers.Erase(customerId);
        _merges.Erase(customerId);
        _devices.DeleteCredential(grain);
        foreach ((EntityId device, string reference) in _devices.EraseWords(customerId))
        {
            _outbox.DeleteOf(device, reference);
            _sessions.DeleteOf(device, reference);
        }
        _devices.Unlink(customerId);
        _cases.Unlink(customerId);
        _timeline.Erase(customerId);
        _offers.Erase(customerId);
        _conversations.Erase(customerId);
        _outgoing.Erase(customerId);
        _attachments.Erase(customerId);
        _snapshots.Delete(grain);
        _outbox.DeleteOf(grain);
        _outbox.DeleteBeginning(CustomerDecider.NoticeReference(customerId));
        _sessions.DeleteBeginning(CustomerDecider.NoticeReference(customerId));
        _outbox.DeleteDeadLetters(grain);
        _grains.DeleteNotices(customerId);
        _sessions.Erase(grain, $"customers/{customerId}");
        _changes.Erase(customerId);
        _audit.Erase(customerId);
    }
}
