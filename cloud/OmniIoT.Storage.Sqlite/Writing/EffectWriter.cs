using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.Sessions;
using OmniIoT.Sqlite;
using OmniIoT.Storage.Sqlite.Searching;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>Applies effects within the transaction of a connection; lives as long as the connection.</summary>
internal sealed class EffectWriter
{
    private readonly ChangeWriter _changes;
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
    private bool _erased;

    public EffectWriter(DatabaseConnection connection, TimeProvider time, int keptChanges)
    {
        _changes = new ChangeWriter(connection, time, keptChanges);
        WordWriter words = new(connection);
        _grains = new GrainWriter(connection);
        _devices = new DeviceWriter(connection, words);
        WorkWriter work = new(connection);
        _cases = new CaseWriter(connection, _changes, words, work);
        _timeline = new TimelineWriter(connection, _changes, words);
        _customers = new CustomerWriter(connection, _changes, words);
        _merges = new MergeWriter(connection);
        _offers = new OfferWriter(connection, _changes);
        _conversations = new ConversationWriter(connection, _changes, work);
        _outgoing = new OutgoingWriter(connection);
        _attachments = new AttachmentWriter(connection);
        _documents = new DocumentWriter(connection);
        _outbox = new OutboxWriter(connection);
        _sessions = new SessionWriter(connection);
        _provisioning = new ProvisioningWriter(connection);
        _audit = new AuditWriter(connection);
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
            Apply(effect);
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
        return _changes.Take();
    }

    private void Apply(Effect effect)
    {
        switch (effect)
        {
            case SaveGrain:
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
        _grains.Delete(grain);
        _outbox.DeleteOf(grain);
    }

    private void Erase(string customerId)
    {
        _erased = true;
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
        _grains.Delete(grain);
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
