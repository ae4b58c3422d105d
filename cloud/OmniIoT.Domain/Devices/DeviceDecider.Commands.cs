using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Payloads;
using OmniIoT.Devices.Topics;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Devices;

public sealed partial class DeviceDecider
{
    public const string CommandReference = "command:";
    internal const string DesiredReference = "desired:";

    private DeviceCommand QueueCommand(
        DecisionScope scope,
        string name,
        JsonNode? arguments,
        TimeSpan timeout,
        string actor,
        string? caseId
    )
    {
        DeviceCommand command = new(
            scope.NewId(),
            Id,
            name,
            arguments?.DeepClone(),
            CommandStatus.Queued,
            actor,
            scope.Now,
            scope.Now + timeout,
            CaseId: caseId,
            CustomerId: _state.Facts.Registration.CustomerId
        );
        Keep(scope, command);
        Dispatch(scope, command);
        if (command.CustomerId is { } customerId)
            AddCommandEntry(
                scope,
                customerId,
                command,
                TimelineKind.CommandSent,
                TimelineDirection.Out,
                actor,
                Sentence.Of(SentenceKinds.CommandSent, ("command", name), ("device", Name)),
                Wording.None
            );
        return command;
    }

    private void Dispatch(DecisionScope scope, DeviceCommand command)
    {
        JsonObject payload = new()
        {
            ["name"] = command.Name,
            ["arguments"] = command.Arguments?.DeepClone() ?? new JsonObject(),
            ["expiresAt"] = command.ExpiresAt.ToString(),
        };
        Send(
            scope,
            new Downlink(
                NewDownlinkId(scope),
                EntityId.Device(Id),
                PlatformTopics.CommandRequest(Id, command.Id),
                OmniJson.Utf8(payload),
                Retain: false,
                CommandReference + command.Id,
                scope.Now,
                command.ExpiresAt
            )
        );
    }

    private Refusal? HandleCommandResponse(DecisionScope scope, ReadOnlySpan<byte> commandId, ReadOnlySpan<byte> payload)
    {
        if (!Payload.TryReadCommandResponse(payload, out CommandResponse response, out PayloadProblem? problem))
            return Refusal.From(problem);
        string id = Encoding.UTF8.GetString(commandId);
        DeviceCommand? pending = _state.Facts.Commands.FirstOrDefault(command => command.Id == id);
        // An answer to what has ended, or was never asked, changes nothing: it may be a repetition.
        if (pending is not null)
        {
            JsonNode? result = response.Result.IsEmpty ? null : JsonNode.Parse(response.Result);
            string? error = response.Error.IsEmpty ? null : Encoding.UTF8.GetString(response.Error);
            // Over QoS 0 the answer is the only word of it.
            DeviceCommand received = pending with
            {
                SentAt = pending.SentAt ?? scope.Now,
                DeliveredAt = pending.DeliveredAt ?? scope.Now,
            };
            Complete(scope, received, response.Succeeded ? CommandStatus.Succeeded : CommandStatus.Failed, result, error);
            if (!response.Succeeded)
                GiveUpRemedy(scope, id, error);
        }
        ObserveUntimed(scope);
        return null;
    }

    private void Complete(DecisionScope scope, DeviceCommand command, CommandStatus status, JsonNode? result, Wording error)
    {
        DeviceCommand completed = command with { Status = status, CompletedAt = scope.Now, Result = result, Error = error.Text };
        _state.Facts = _state.Facts with { Commands = [.. _state.Facts.Commands.Where(other => other.Id != command.Id)] };
        scope.Emit(new PutCommand(completed));
        if (command.CustomerId is not { } customerId)
            return;
        AddCommandEntry(
            scope,
            customerId,
            completed,
            TimelineKind.CommandCompleted,
            TimelineDirection.In,
            Actor,
            Sentence.Of(SentenceKinds.CommandCompleted, ("command", command.Name), ("status", status.ToString().ToLowerInvariant())),
            error
        );
    }

    private void ExpireCommands(DecisionScope scope)
    {
        foreach (DeviceCommand command in _state.Facts.Commands.Where(command => command.ExpiresAt <= scope.Now).ToList())
            Complete(scope, command, CommandStatus.Expired, null, Sentence.Of(SentenceKinds.CommandUnanswered));
    }

    /// <summary>How a command's way down goes. Ends of the way stay ends: what comes late changes nothing.</summary>
    private void Progress(DecisionScope scope, string commandId, bool acknowledged)
    {
        DeviceCommand? command = _state.Facts.Commands.FirstOrDefault(pending => pending.Id == commandId);
        if (command is null)
            return;
        if (acknowledged && command.Status is not CommandStatus.Delivered)
            Keep(scope, command with { Status = CommandStatus.Delivered, SentAt = command.SentAt ?? scope.Now, DeliveredAt = scope.Now });
        else if (!acknowledged && command.Status is CommandStatus.Queued)
            Keep(scope, command with { Status = CommandStatus.Sent, SentAt = scope.Now });
    }

    private void Keep(DecisionScope scope, DeviceCommand command)
    {
        scope.Emit(new PutCommand(command));
        _state.Facts = _state.Facts with { Commands = [.. _state.Facts.Commands.Where(other => other.Id != command.Id), command] };
    }

    private void AddCommandEntry(
        DecisionScope scope,
        string customerId,
        DeviceCommand command,
        string kind,
        TimelineDirection direction,
        string actor,
        Wording title,
        Wording text
    ) =>
        scope.Emit(
            new AppendTimeline(
                scope.Entry(
                    customerId,
                    scope.Now,
                    kind,
                    "device",
                    direction,
                    actor,
                    title,
                    text,
                    new TimelineRefs(
                        DeviceId: Id,
                        CaseId: command.CaseId ?? (customerId == _state.Facts.Registration.CustomerId ? OwnersCase(scope)?.Id : null)
                    ),
                    new JsonObject
                    {
                        ["commandId"] = command.Id,
                        ["name"] = command.Name,
                        ["status"] = command.Status.ToString().ToLowerInvariant(),
                    }
                )
            )
        );
}
