using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Sql.Writing;

/// <summary>What each effect writes, and what a deletion and an erasure take away: one list for every store.</summary>
internal sealed class EffectList
{
    public required IAttachmentWriter Attachments { get; init; }

    public required IAuditWriter Audit { get; init; }

    public required ICallBackWriter CallBacks { get; init; }

    public required ICaseWriter Cases { get; init; }

    public required IChangeWriter Changes { get; init; }

    public required IConversationWriter Conversations { get; init; }

    public required IDeliveryWriter Deliveries { get; init; }

    public required ICustomerWriter Customers { get; init; }

    public required IDeviceWriter Devices { get; init; }

    public required IDocumentWriter Documents { get; init; }

    public required IFigureWriter Figures { get; init; }

    public required IGrainWriter Grains { get; init; }

    public required IMergeWriter Merges { get; init; }

    public required IOfferWriter Offers { get; init; }

    public required IOutboxWriter Outbox { get; init; }

    public required IOutgoingWriter Outgoing { get; init; }

    public required IProvisioningWriter Provisioning { get; init; }

    public required ISessionWriter Sessions { get; init; }

    public required ISnapshotWriter Snapshots { get; init; }

    public required ISurveyWriter Surveys { get; init; }

    public required ITimelineWriter Timeline { get; init; }

    public void Apply(Effect effect)
    {
        switch (effect)
        {
            case SaveGrain:
                // A unit rests on its snapshots: the store judges and writes them before the rest, in its own way.
                break;
            case AppendTelemetry append:
                Grains.Stage(append);
                break;
            case TrimStagedTelemetry trim:
                Grains.Trim(trim);
                break;
            case Tell tell:
                Grains.Put(tell);
                break;
            case Told told:
                Grains.Remove(told);
                break;
            case PutDevice put:
                Devices.Put(put.Device);
                break;
            case DeleteDevice delete:
                Delete(delete.DeviceId);
                break;
            case PutCredential put:
                Devices.Put(put);
                break;
            case PutCommand put:
                Devices.Put(put.Command);
                break;
            case PutDeviceMessage put:
                Devices.Put(put.Message);
                break;
            case PutAlarm put:
                Cases.Put(put.Alarm);
                break;
            case PutCase put:
                Cases.Put(put.Case);
                break;
            case AppendTimeline append:
                Timeline.Append(append.Entry);
                break;
            case Enqueue enqueue:
                Outbox.Enqueue(enqueue.Downlink);
                break;
            case Dequeue dequeue:
                Outbox.Dequeue(dequeue.DownlinkId);
                break;
            case AppendDeadLetter append:
                Outbox.Append(append.DeadLetter);
                break;
            case PutCustomer put:
                Customers.Put(put.Customer);
                break;
            case PutMerge put:
                Merges.Put(put.Merge);
                break;
            case RemoveMerge remove:
                Merges.Remove(remove.CustomerId);
                break;
            case EraseCustomer erase:
                Erase(erase.CustomerId);
                break;
            case PutVisit put:
                Customers.Put(put.Visit);
                break;
            case PutOffer put:
                Offers.Put(put.Offer);
                break;
            case SpendBudget:
                break;
            case AppendDecision append:
                Offers.Append(append);
                break;
            case PutConversation put:
                Conversations.Put(put.Conversation);
                break;
            case AppendMessage append:
                Conversations.Append(append);
                Attachments.Name(append);
                break;
            case PutMessage put:
                Conversations.Put(put);
                break;
            case PutCallBack put:
                CallBacks.Put(put.CallBack);
                break;
            case PutDocument put:
                Documents.Put(put);
                break;
            case DeleteDocument delete:
                Documents.Delete(delete);
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
                Sessions.Put(put.Session);
                break;
            case DeleteSession delete:
                Sessions.Delete(delete.ClientId);
                break;
            case PutSubscription put:
                Sessions.Put(put);
                break;
            case DeleteSubscription delete:
                Sessions.Delete(delete);
                break;
            case PutSessionMessage put:
                Sessions.Put(put);
                break;
            case DeleteSessionMessage delete:
                Sessions.Delete(delete);
                break;
            case RememberReceived remember:
                Sessions.Remember(remember);
                break;
            case ForgetReceived forget:
                Sessions.Forget(forget);
                break;
            case PutRetained put:
                Sessions.Put(put.Message);
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
                Provisioning.Append(append.Registration);
                break;
            case ResetRegistrationCounts reset:
                Provisioning.Reset(reset);
                break;
            case PutClaimCode put:
                Provisioning.Put(put);
                break;
            case PutCertificate put:
                Provisioning.Put(put);
                break;
            case DeleteCertificate delete:
                Provisioning.Delete(delete);
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
                Outgoing.Append(send.Message);
                break;
            case BeginSending begin:
                Outgoing.Begin(begin);
                break;
            case SendLater later:
                Outgoing.Postpone(later);
                break;
            case EndSending end:
                Outgoing.End(end);
                break;
            case PutAttachment put:
                Attachments.Put(put);
                break;
            case PutSurveyRequest put:
                Surveys.Put(put.Request);
                break;
            case CountFigure count:
                Figures.Add(count);
                break;
            case DropAttachments drop:
                Attachments.Drop(drop);
                break;
            default:
                ApplyDelivery(effect);
                break;
        }
    }

    private void ApplyDelivery(Effect effect)
    {
        switch (effect)
        {
            case ListenToChanges listen:
                Deliveries.Listen(listen);
                break;
            case HurryDeliveries hurry:
                Deliveries.Hurry(hurry);
                break;
            case NoteDelivery note:
                Deliveries.Note(note);
                break;
            case Redeliver again:
                Deliveries.Redeliver(again);
                break;
            case DropDeliveries drop:
                Deliveries.Drop(drop);
                break;
            default:
                throw new NotSupportedException($"The store does not know the effect {effect.GetType().Name}.");
        }
    }

    private void Delete(string deviceId)
    {
        EntityId grain = EntityId.Device(deviceId);
        Devices.Delete(deviceId);
        Devices.DeleteCredential(grain);
        Provisioning.DeleteOf(deviceId);
        Cases.DeleteAlarms(deviceId);
        Snapshots.Delete(grain);
        Outbox.DeleteOf(grain);
    }

    private void Erase(string customerId)
    {
        EntityId grain = EntityId.Customer(customerId);
        Customers.Erase(customerId);
        Merges.Erase(customerId);
        Devices.DeleteCredential(grain);
        foreach ((EntityId device, string reference) in Devices.EraseWords(customerId))
        {
            Outbox.DeleteOf(device, reference);
            Sessions.DeleteOf(device, reference);
        }
        Devices.Unlink(customerId);
        Cases.Unlink(customerId);
        Timeline.Erase(customerId);
        Offers.Erase(customerId);
        Conversations.Erase(customerId);
        Surveys.Erase(customerId);
        Outgoing.Erase(customerId);
        CallBacks.Erase(customerId);
        Attachments.Erase(customerId);
        Snapshots.Delete(grain);
        Outbox.DeleteOf(grain);
        Outbox.DeleteBeginning(CustomerDecider.NoticeReference(customerId));
        Sessions.DeleteBeginning(CustomerDecider.NoticeReference(customerId));
        Outbox.DeleteDeadLetters(grain);
        Grains.DeleteLetters(customerId);
        Sessions.Erase(grain, $"customers/{customerId}");
        Changes.Erase(customerId);
        Deliveries.Erase(customerId);
        Audit.Erase(customerId);
    }
}
