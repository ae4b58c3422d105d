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

    public Reply<DeviceMessage> Handle(DecisionScope scope, SendDeviceMessage request)
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
        DeviceMessage message = new(
            scope.NewId(),
            Id,
            request.Payload.DeepClone(),
            request.Properties,
            DeviceMessageStatus.Queued,
            request.Actor,
            scope.Now,
            scope.Now + (request.Lifetime ?? DeviceMessage.DefaultLifetime),
            CustomerId: _state.Facts.Registration.CustomerId
        );
        Keep(scope, message);
        Dispatch(scope, message);
        return message;
    }

    private void Dispatch(DecisionScope scope, DeviceMessage message)
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
            scope,
            new Downlink(
                NewDownlinkId(scope),
                EntityId.Device(Id),
                PlatformTopics.DeviceMessage(Id, message.Id),
                OmniJson.Utf8(payload),
                Retain: false,
                MessageReference + message.Id,
                scope.Now,
                message.ExpiresAt
            )
        );
    }

    private void ProgressMessage(DecisionScope scope, string id, bool acknowledged)
    {
        DeviceMessage? message = _state.Facts.Messages.FirstOrDefault(pending => pending.Id == id);
        if (message is null)
            return;
        if (acknowledged)
            Settle(
                scope,
                message with
                {
                    Status = DeviceMessageStatus.Delivered,
                    SentAt = message.SentAt ?? scope.Now,
                    DeliveredAt = scope.Now,
                }
            );
        else if (message.Status is DeviceMessageStatus.Queued)
            Keep(scope, message with { Status = DeviceMessageStatus.Sent, SentAt = scope.Now });
    }

    private void ExpireMessages(DecisionScope scope)
    {
        foreach (DeviceMessage message in _state.Facts.Messages.Where(message => message.ExpiresAt <= scope.Now).ToList())
            Settle(scope, message with { Status = DeviceMessageStatus.Expired });
    }

    private void Keep(DecisionScope scope, DeviceMessage message)
    {
        scope.Emit(new PutDeviceMessage(message));
        bool isKnown = _state.Facts.Messages.Any(other => other.Id == message.Id);
        _state.Facts = _state.Facts with
        {
            Messages = isKnown
                ? [.. _state.Facts.Messages.Select(other => other.Id == message.Id ? message : other)]
                : [.. _state.Facts.Messages, message],
        };
    }

    private void Settle(DecisionScope scope, DeviceMessage message)
    {
        scope.Emit(new PutDeviceMessage(message));
        _state.Facts = _state.Facts with { Messages = [.. _state.Facts.Messages.Where(other => other.Id != message.Id)] };
    }

    private static int SizeOf(JsonNode payload) => Encoding.UTF8.GetByteCount(payload.ToJsonString(OmniJson.Options));
}
