using System.Text.Json.Nodes;
using OmniIoT.Devices;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Devices;

public sealed partial class DeviceDecider
{
    private const string SystemActor = "system";

    private string Name => _state.Facts.Registration.Name ?? Id;

    /// <summary>Creates the device; the caller makes its secret known.</summary>
    public static DeviceDecider Register(
        DecisionScope scope,
        string id,
        RegisterDevice request,
        string? customerName
    )
    {
        DeviceRegistration registration = new(
            id,
            request.Model,
            request.CustomerId,
            request.SiteId,
            request.Name,
            scope.Now,
            Version: 1
        );
        DeviceDecider grain = new(
            new DeviceState(
                new DeviceFacts { Registration = registration, CustomerName = customerName },
                scope.Catalog.Models.GetValueOrDefault(request.Model)
            )
        );
        grain.AdoptModel(scope);
        scope.Emit(new PutDevice(registration));
        grain.Link(scope, null, request.CustomerId);
        return grain;
    }

    public Reply<DeviceRegistered> Replace(
        DecisionScope scope,
        RegisterDevice request,
        string? customerName
    )
    {
        DeviceRegistration known = _state.Facts.Registration;
        if (request.ExpectedVersion is { } expected && expected != known.Version)
            return Rejection.Stale("Device", expected, known.Version);
        DeviceRegistration changed = known with
        {
            Model = request.Model,
            // Who was merged away is named by who survives: the owner did not change, and gets the device back with an unmerge.
            CustomerId = scope.Catalog.Merges.AreOne(known.CustomerId, request.CustomerId)
                ? known.CustomerId
                : request.CustomerId,
            SiteId = request.SiteId,
            Name = request.Name,
            Version = known.Version + 1,
        };
        bool hasMoved = known.CustomerId != changed.CustomerId || known.SiteId != changed.SiteId;
        EdgeAttachment? edge =
            hasMoved && _state.Facts.Edge?.NodeId != Id ? null : _state.Facts.Edge;
        _state.Facts = _state.Facts with
        {
            Registration = changed,
            CustomerName = customerName,
            Edge = edge,
        };
        AdoptModel(scope);
        scope.Emit(new PutDevice(changed));
        Link(scope, known.CustomerId, changed.CustomerId);
        return new DeviceRegistered(changed, null);
    }

    /// <summary>The owner was erased.</summary>
    public void Disown(DecisionScope scope)
    {
        DeviceRegistration orphan = _state.Facts.Registration with
        {
            CustomerId = null,
            Version = _state.Facts.Registration.Version + 1,
        };
        _state.Facts = _state.Facts with
        {
            Registration = orphan,
            CustomerName = null,
            Case = _state.Facts.Case is { } held ? held with { CustomerId = null } : null,
            Alarms = [.. _state.Facts.Alarms.Select(alarm => alarm with { CustomerId = null })],
        };
        scope.Emit(new PutDevice(orphan));
    }

    public Reply<TwinView> Handle(DecisionScope scope, PatchDesired request)
    {
        DeviceFacts facts = _state.Facts;
        if (request.ExpectedVersion is { } expected && expected != facts.DesiredVersion)
            return Rejection.Stale("Twin", expected, facts.DesiredVersion);
        JsonObject? merged = MergePatch.Apply(
            facts.Desired,
            request.Patch,
            out MergePatchRefusal refusal
        );
        if (merged is null)
            return Rejection.Invalid("TwinTooLarge", Explain(refusal));
        _state.Facts = facts with { Desired = merged, DesiredVersion = facts.DesiredVersion + 1 };
        JsonObject payload = new()
        {
            ["version"] = _state.Facts.DesiredVersion,
            ["desired"] = merged.DeepClone(),
        };
        scope.Emit(
            new Enqueue(
                new Downlink(
                    scope.NewId(),
                    EntityId.Device(Id),
                    Topics.TwinDesired(Id),
                    Utf8(payload),
                    Retain: true,
                    DesiredReference + _state.Facts.DesiredVersion,
                    scope.Now,
                    ExpiresAt: null,
                    Utf8(MergePatch.Difference(facts.Desired, merged))
                )
            )
        );
        return View(scope.Incarnation);
    }

    public Reply<int> Handle(DecisionScope scope, PatchReported request)
    {
        AdoptModel(scope);
        if (_state.Model is null)
            return Rejection.Conflict(
                "UnknownModel",
                $"There is no model '{_state.Facts.Registration.Model}'."
            );
        return TryReport(scope, request.Patch, out MergePatchRefusal refusal)
            ? _state.Facts.ReportedVersion
            : Rejection.Invalid("TwinTooLarge", Explain(refusal));
    }

    public Reply<DeviceCommand> Handle(DecisionScope scope, SendCommand request)
    {
        AdoptModel(scope);
        CommandDefinition? definition = _state.Model?.Commands.GetValueOrDefault(request.Name);
        IReadOnlyList<string> common = _state.Facts.Edge is null ? [] : EdgeCommands.All;
        if (definition is null && common.Contains(request.Name))
            definition = new CommandDefinition();
        if (definition is null)
        {
            string known = string.Join(
                ", ",
                common
                    .Concat(_state.Model?.Commands.Keys ?? [])
                    .Distinct()
                    .Order(StringComparer.Ordinal)
            );
            return Rejection.Invalid(
                "UnknownCommand",
                $"The model '{_state.Facts.Registration.Model}' has no command '{request.Name}'; it has: {known}.",
                "/name"
            );
        }
        return QueueCommand(
            scope,
            request.Name,
            request.Arguments,
            request.Timeout ?? definition.Timeout,
            request.Actor,
            _state.Facts.Case?.Id
        );
    }

    public Reply<bool> Handle(DecisionScope scope, AttachToEdge request)
    {
        DeviceFacts facts = _state.Facts;
        if (facts.Edge is { } other && other != request.Edge)
            return Rejection.Conflict(
                "DeviceIsElsewhere",
                $"Device '{Id}' is reached through '{other.NodeId}'{(other.Device is null ? "" : $" as '{other.Device}'")}."
            );
        if (request.Adopter is { } node)
        {
            bool isOfSameOwner =
                facts.Registration.CustomerId == node.CustomerId
                && facts.Registration.SiteId == node.SiteId;
            bool spokeForItself =
                facts.Edge is null && (_state.LastSeenAt is not null || Present(scope).Any());
            if (!isOfSameOwner || spokeForItself)
                return Rejection.Conflict(
                    "DeviceIsItsOwn",
                    $"Device '{Id}' {(isOfSameOwner ? "speaks for itself" : $"has not the owner and site of '{node.Id}'")}."
                );
        }
        _state.Facts = facts with { Edge = request.Edge };
        return true;
    }

    /// <summary>Also what is over can be acknowledged; <paramref name="stored"/> is the alarm as it stands in storage.</summary>
    public Reply<Alarm> Handle(DecisionScope scope, AcknowledgeAlarm request, Alarm? stored)
    {
        if ((FindAlarm(request.AlarmId) ?? stored) is not { } alarm)
            return Rejection.NotFound("Alarm", request.AlarmId);
        if (alarm.AcknowledgedAt is not null)
            return alarm;
        Alarm acknowledged = alarm with
        {
            AcknowledgedAt = scope.Now,
            AcknowledgedBy = request.Actor,
        };
        _state.Facts = _state.Facts with
        {
            Alarms =
            [
                .. _state.Facts.Alarms.Select(other => other.Id == alarm.Id ? acknowledged : other),
            ],
        };
        scope.Emit(new PutAlarm(acknowledged));
        return acknowledged;
    }

    public Reply<Alarm> Handle(DecisionScope scope, ClearAlarm request)
    {
        if (FindAlarm(request.AlarmId) is not { } alarm)
            return AlarmIsOver(request.AlarmId);
        int rule = _state.Model?.RuleSet.IndexOf(alarm.Type) ?? -1;
        if (rule >= 0)
            _state.Model!.RuleSet.ClearByHand(_state.Rules!, rule, scope.Now);
        RestartMaintenance(scope, alarm.Type);
        Clear(scope, alarm, scope.Now, request.Actor);
        return alarm with { ClearedAt = scope.Now };
    }

    public void Connected(DecisionScope scope, string clientId)
    {
        DeviceConnection connection = new(clientId, scope.Incarnation);
        _state.Facts = _state.Facts with
        {
            Connections =
            [
                .. Present(scope).Where(other => other.ClientId != clientId),
                connection,
            ],
        };
    }

    public void Disconnected(DecisionScope scope, string clientId) =>
        _state.Facts = _state.Facts with
        {
            Connections = [.. Present(scope).Where(other => other.ClientId != clientId)],
        };

    /// <summary>
    /// A session can take downlinks now: commands that nobody was there for and messages that nobody acknowledged are sent again, those
    /// that it holds by <paramref name="held"/> are on their way.
    /// </summary>
    public void WantDownlinks(DecisionScope scope, IReadOnlyList<string> held)
    {
        foreach (
            DeviceCommand command in _state
                .Facts.Commands.Where(command =>
                    command.Status is CommandStatus.Queued && command.ExpiresAt > scope.Now
                )
                .ToList()
        )
        {
            if (held.Contains(CommandReference + command.Id))
                Progress(scope, command.Id, acknowledged: false);
            else
                Dispatch(scope, command);
        }
        foreach (
            DeviceMessage message in _state
                .Facts.Messages.Where(message => message.ExpiresAt > scope.Now)
                .ToList()
        )
        {
            if (held.Contains(MessageReference + message.Id))
                ProgressMessage(scope, message.Id, acknowledged: false);
            else
                Dispatch(scope, message);
        }
    }

    public void DownlinkProgressed(
        DecisionScope scope,
        string reference,
        int sessions,
        bool acknowledged
    )
    {
        if (!acknowledged && sessions == 0)
            return;
        if (reference.StartsWith(CommandReference, StringComparison.Ordinal))
            Progress(scope, reference[CommandReference.Length..], acknowledged);
        else if (reference.StartsWith(MessageReference, StringComparison.Ordinal))
            ProgressMessage(scope, reference[MessageReference.Length..], acknowledged);
    }

    /// <summary>How the device looks from outside.</summary>
    public TwinView View(string incarnation) => DeviceTwin.View(_state, incarnation);

    private IEnumerable<DeviceConnection> Present(DecisionScope scope) =>
        _state.Facts.Connections.Where(connection => connection.Incarnation == scope.Incarnation);

    private Alarm? FindAlarm(string id) =>
        _state.Facts.Alarms.FirstOrDefault(alarm => alarm.Id == id);

    private static Rejection AlarmIsOver(string id) =>
        Rejection.Conflict("AlarmAlreadyCleared", $"Alarm '{id}' is not active any more.");

    /// <summary>Who made the device the new owner's is not told on the former owner's timeline.</summary>
    private void Link(
        DecisionScope scope,
        string? before,
        string? after,
        string actor = SystemActor
    )
    {
        if (before == after)
            return;
        if (before is not null)
            AddLinkEntry(
                scope,
                before,
                TimelineKind.DeviceUnlinked,
                $"{Name} is no longer theirs",
                SystemActor
            );
        if (after is not null)
            AddLinkEntry(scope, after, TimelineKind.DeviceLinked, $"{Name} is theirs", actor);
    }

    private void AddLinkEntry(
        DecisionScope scope,
        string customerId,
        string kind,
        string title,
        string actor
    ) =>
        scope.Emit(
            new AppendTimeline(
                new TimelineEntry(
                    scope.NewId(),
                    customerId,
                    scope.Now,
                    scope.Now,
                    kind,
                    "device",
                    TimelineDirection.Internal,
                    actor,
                    title,
                    null,
                    new TimelineRefs(DeviceId: Id),
                    new JsonObject { ["model"] = _state.Facts.Registration.Model }
                )
            )
        );

    /// <summary>Templates of a model were checked when it was stored; one that is not understood all the same is shown as it is.</summary>
    private string Render(DecisionScope scope, string template) =>
        Template
            .Parse(template, TemplateNames.Device)
            .Value?.Render(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    [TemplateNames.DeviceName] = Name,
                    [TemplateNames.ModelName] = _state.Model?.Name,
                    [TemplateNames.CustomerName] = _state.Facts.CustomerName,
                    [TemplateNames.SiteName] = _state.Facts.Registration.SiteId is { } site
                        ? scope.Catalog.Sites.GetValueOrDefault(site)?.Name
                        : null,
                }
            )
        ?? template;
}
