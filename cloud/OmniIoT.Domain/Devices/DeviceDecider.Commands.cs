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
        Decision decision,
        string name,
        JsonNode? arguments,
        TimeSpan timeout,
        string actor,
        string? caseId,
        string? id = null
    )
    {
        DeviceCommand command = new()
        {
            Id = id ?? decision.Moment.NewId(),
            DeviceId = Id,
            Name = name,
            Arguments = arguments?.DeepClone(),
            Status = CommandStatus.Queued,
            RequestedBy = actor,
            CreatedAt = decision.Moment.Now,
            ExpiresAt = decision.Moment.Now + timeout,
            CaseId = caseId,
            CustomerId = _state.Facts.Registration.CustomerId,
        };
        Keep(decision, command);
        SendNext(decision, Lane.Commands);
        TellOf(
            decision,
            command,
            new Happening(TimelineKind.CommandSent, actor, Sentence.Of(SentenceKinds.CommandSent, ("command", name), ("device", Name)))
            {
                CustomerId = command.CustomerId,
                At = decision.Moment.Now,
                Channel = "device",
                Direction = TimelineDirection.Out,
            }
        );
        return command;
    }

    /// <returns>Null when the device can be asked for one more.</returns>
    private Rejection? RoomFor(JsonNode? arguments)
    {
        int bytes = SizeOf(arguments);
        if (bytes > DeviceCommand.MaxArgumentBytes)
            return Rejection.Invalid(
                "CommandTooLarge",
                $"The arguments have {bytes} bytes; at most {DeviceCommand.MaxArgumentBytes} are allowed.",
                "/arguments"
            );
        IReadOnlyList<DeviceCommand> pending = _state.Facts.Commands;
        return
            pending.Count >= DeviceCommand.MaxPending
            || pending.Sum(command => SizeOf(command.Arguments)) + bytes > DeviceCommand.MaxPendingBytes
            ? Rejection.Conflict(
                "TooManyCommands",
                $"Device '{Id}' has {pending.Count} commands waiting; there is no room for another until it answers them or they expire."
            )
            : null;
    }

    private void Dispatch(Decision decision, DeviceCommand command)
    {
        JsonObject payload = new()
        {
            ["name"] = command.Name,
            ["arguments"] = command.Arguments?.DeepClone() ?? new JsonObject(),
            ["expiresAt"] = command.ExpiresAt.ToString(),
        };
        Send(
            decision,
            new Downlink
            {
                Id = decision.Moment.NewId(),
                Target = EntityId.Device(Id),
                Topic = PlatformTopics.CommandRequest(Id, command.Id),
                Payload = OmniJson.Utf8(payload),
                Retain = false,
                Reference = CommandReference + command.Id,
                CreatedAt = decision.Moment.Now,
                ExpiresAt = command.ExpiresAt,
            }
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
                SentAt = pending.SentAt ?? scope.Moment.Now,
                DeliveredAt = pending.DeliveredAt ?? scope.Moment.Now,
            };
            Complete(scope.Decision, received, response.Succeeded ? CommandStatus.Succeeded : CommandStatus.Failed, result, error);
            if (!response.Succeeded)
                GiveUpRemedy(scope.Decision, id, error);
            SendNext(scope.Decision, Lane.Commands);
        }
        ObserveUntimed(scope);
        return null;
    }

    private void Complete(Decision decision, DeviceCommand command, CommandStatus status, JsonNode? result, Wording error)
    {
        DeviceCommand completed = command with { Status = status, CompletedAt = decision.Moment.Now, Result = result, Error = error.Text };
        _state.Facts = _state.Facts with { Commands = [.. _state.Facts.Commands.Where(other => other.Id != command.Id)] };
        decision.Emit(new PutCommand(completed));
        TellOf(
            decision,
            completed,
            new Happening(
                TimelineKind.CommandCompleted,
                Actor,
                Sentence.Of(SentenceKinds.CommandCompleted, ("command", command.Name), ("status", Word(status))),
                error
            )
            {
                CustomerId = command.CustomerId,
                At = decision.Moment.Now,
                Channel = "device",
                Direction = TimelineDirection.In,
            }
        );
    }

    private void ExpireCommands(Decision decision)
    {
        foreach (DeviceCommand command in _state.Facts.Commands.Where(command => command.ExpiresAt <= decision.Moment.Now).ToList())
            Complete(decision, command, CommandStatus.Expired, null, Sentence.Of(SentenceKinds.CommandUnanswered));
    }

    /// <summary>How a command's way down goes. Ends of the way stay ends: what comes late changes nothing.</summary>
    private void Progress(Decision decision, string commandId, bool acknowledged)
    {
        DeviceCommand? command = _state.Facts.Commands.FirstOrDefault(pending => pending.Id == commandId);
        if (command is null)
            return;
        if (acknowledged && command.Status is not CommandStatus.Delivered)
            Keep(
                decision,
                command with
                {
                    Status = CommandStatus.Delivered,
                    SentAt = command.SentAt ?? decision.Moment.Now,
                    DeliveredAt = decision.Moment.Now,
                }
            );
        else if (!acknowledged && command.Status is CommandStatus.Queued)
            Keep(decision, command with { Status = CommandStatus.Sent, SentAt = decision.Moment.Now });
    }

    private void Keep(Decision decision, DeviceCommand command)
    {
        decision.Emit(new PutCommand(command));
        _state.Facts = _state.Facts with { Commands = [.. _state.Facts.Commands.Where(other => other.Id != command.Id), command] };
    }

    private void TellOf(Decision decision, DeviceCommand command, Happening happening)
    {
        if (happening.CustomerId is null)
            return;
        bool isOwners = happening.CustomerId == _state.Facts.Registration.CustomerId;
        happening.Data["commandId"] = command.Id;
        happening.Data["name"] = command.Name;
        happening.Data["status"] = Word(command.Status);
        decision.Append(
            happening with
            {
                Refs = new TimelineRefs { DeviceId = Id, CaseId = command.CaseId ?? (isOwners ? OwnersCase(decision.Moment)?.Id : null) },
            }
        );
    }

    private static string Word(CommandStatus status) => status.ToString().ToLowerInvariant();
}
