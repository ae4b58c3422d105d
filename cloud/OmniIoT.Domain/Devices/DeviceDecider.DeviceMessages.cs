using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Topics;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Devices;

// Messages to the device. Unlike a command, a message that was sent and not acknowledged is sent again: it is told apart by its id.
public sealed partial class DeviceDecider
{
    public const string MessageReference = "message:";

    public Reply<DeviceMessage> Handle(Decision decision, SendDeviceMessage request)
    {
        IReadOnlyList<DeviceMessage> pending = _state.Facts.Messages;
        int bytes = SizeOf(request.Payload);
        if (bytes > DeviceMessage.MaxPayloadBytes)
            return Rejection.Invalid(
                "MessageTooLarge",
                $"The payload has {bytes} bytes; at most {DeviceMessage.MaxPayloadBytes} are allowed.",
                "/payload"
            );
        if (
            pending.Count >= DeviceMessage.MaxPending
            || pending.Sum(message => SizeOf(message.Payload)) + bytes > DeviceMessage.MaxPendingBytes
        )
            return Rejection.Conflict(
                "TooManyMessages",
                $"Device '{Id}' has {pending.Count} messages waiting; there is no room for another until it takes them or they expire."
            );
        DeviceMessage message = new()
        {
            Id = decision.Moment.NewId(),
            DeviceId = Id,
            Payload = request.Payload.DeepClone(),
            Properties = request.Properties,
            Status = DeviceMessageStatus.Queued,
            RequestedBy = request.Actor,
            CreatedAt = decision.Moment.Now,
            ExpiresAt = decision.Moment.Now + (request.Lifetime ?? DeviceMessage.DefaultLifetime),
            CustomerId = _state.Facts.Registration.CustomerId,
        };
        Keep(decision, message);
        SendNext(decision, Lane.Messages);
        return message;
    }

    private void Dispatch(Decision decision, DeviceMessage message)
    {
        JsonObject properties = [];
        foreach ((string name, string value) in message.Properties)
            properties[name] = value;
        JsonObject payload = new()
        {
            ["id"] = message.Id,
            ["payload"] = message.Payload.DeepClone(),
            ["properties"] = properties,
            ["expiresAt"] = message.ExpiresAt.ToString(),
        };
        Send(
            decision,
            new Downlink
            {
                Id = decision.Moment.NewId(),
                Target = EntityId.Device(Id),
                Topic = PlatformTopics.DeviceMessage(Id, message.Id),
                Payload = OmniJson.Utf8(payload),
                Retain = false,
                Reference = MessageReference + message.Id,
                CreatedAt = decision.Moment.Now,
                ExpiresAt = message.ExpiresAt,
            }
        );
    }

    private void ProgressMessage(Decision decision, string id, bool acknowledged)
    {
        DeviceMessage? message = _state.Facts.Messages.FirstOrDefault(pending => pending.Id == id);
        if (message is null)
            return;
        if (acknowledged)
            Settle(
                decision,
                message with
                {
                    Status = DeviceMessageStatus.Delivered,
                    SentAt = message.SentAt ?? decision.Moment.Now,
                    DeliveredAt = decision.Moment.Now,
                }
            );
        else if (message.Status is DeviceMessageStatus.Queued)
            Keep(decision, message with { Status = DeviceMessageStatus.Sent, SentAt = decision.Moment.Now });
    }

    private void ExpireMessages(Decision decision)
    {
        foreach (DeviceMessage message in _state.Facts.Messages.Where(message => message.ExpiresAt <= decision.Moment.Now).ToList())
            Settle(decision, message with { Status = DeviceMessageStatus.Expired });
    }

    private void Keep(Decision decision, DeviceMessage message)
    {
        decision.Emit(new PutDeviceMessage(message));
        bool isKnown = _state.Facts.Messages.Any(other => other.Id == message.Id);
        _state.Facts = _state.Facts with
        {
            Messages = isKnown
                ? [.. _state.Facts.Messages.Select(other => other.Id == message.Id ? message : other)]
                : [.. _state.Facts.Messages, message],
        };
    }

    private void Settle(Decision decision, DeviceMessage message)
    {
        decision.Emit(new PutDeviceMessage(message));
        _state.Facts = _state.Facts with { Messages = [.. _state.Facts.Messages.Where(other => other.Id != message.Id)] };
    }

    private static int SizeOf(JsonNode? json) => json is null ? 0 : Encoding.UTF8.GetByteCount(json.ToJsonString(OmniJson.Options));
}
