using System.Text.Json.Nodes;
using OmniIoT.Devices;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Topics;
using OmniIoT.Devices.Twins;
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

    /// <summary>Characters of what a rejection lists.</summary>
    private const int MostListed = 500;

    private string Name => _state.Facts.Registration.Name ?? Id;

    /// <summary>Creates the device; the caller makes its secret known.</summary>
    public static DeviceDecider Register(Decision decision, string id, RegisterDevice request, RegistrationSurroundings surroundings)
    {
        DeviceRegistration registration = new(
            id,
            request.Model,
            request.CustomerId,
            request.SiteId,
            request.Name,
            decision.Moment.Now,
            Version: 1
        )
        {
            Maintenance = request.Maintenance,
        };
        DeviceDecider grain = new(
            new DeviceState(
                new DeviceFacts { Registration = registration, CustomerName = surroundings.CustomerName },
                decision.Moment.Catalog.Models.GetValueOrDefault(request.Model)
            )
        );
        grain.AdoptModel(decision);
        decision.Emit(new PutDevice(registration));
        grain.Link(decision, null, request.CustomerId);
        grain.TakeUp(decision.Moment, surroundings.Unresolved);
        return grain;
    }

    public Reply<DeviceRegistered> Replace(Decision decision, RegisterDevice request, RegistrationSurroundings surroundings)
    {
        DeviceRegistration known = _state.Facts.Registration;
        if (request.ExpectedVersion is { } expected && expected != known.Version)
            return Rejection.Stale("Device", expected, known.Version);
        DeviceRegistration changed = known with
        {
            Model = request.Model,
            // Who was merged away is named by who survives: the owner did not change, and gets the device back with an unmerge.
            CustomerId = decision.Moment.Catalog.Merges.AreOne(known.CustomerId, request.CustomerId)
                ? known.CustomerId
                : request.CustomerId,
            SiteId = request.SiteId,
            Name = request.Name,
            Maintenance = request.Maintenance,
            Version = known.Version + 1,
        };
        string? formerName = _state.Facts.CustomerName;
        bool hasMoved = known.CustomerId != changed.CustomerId || known.SiteId != changed.SiteId;
        EdgeAttachment? edge = hasMoved && _state.Facts.Edge?.NodeId != Id ? null : _state.Facts.Edge;
        _state.Facts = _state.Facts with { Registration = changed, CustomerName = surroundings.CustomerName, Edge = edge };
        AdoptModel(decision);
        decision.Emit(new PutDevice(changed));
        Link(decision, known.CustomerId, changed.CustomerId);
        if (known.CustomerId != changed.CustomerId)
            ChangeHands(decision, formerName, surroundings.Unresolved);
        else if (known.Maintenance && !changed.Maintenance)
            ResumeWatch(decision);
        return new DeviceRegistered(changed, null);
    }

    public Reply<TwinView> Handle(Decision decision, PatchDesired request)
    {
        DeviceFacts facts = _state.Facts;
        if (request.ExpectedVersion is { } expected && expected != facts.DesiredVersion)
            return Rejection.Stale("Twin", expected, facts.DesiredVersion);
        JsonObject? merged = MergePatch.Apply(facts.Desired, request.Patch, out MergePatchRefusal refusal);
        if (merged is null)
            return Rejection.Invalid("TwinTooLarge", Explain(refusal));
        _state.Facts = facts with { Desired = merged, DesiredVersion = facts.DesiredVersion + 1 };
        JsonObject payload = new() { ["version"] = _state.Facts.DesiredVersion, ["desired"] = merged.DeepClone() };
        decision.Emit(
            new Enqueue(
                new Downlink
                {
                    Id = decision.Moment.NewId(),
                    Target = EntityId.Device(Id),
                    Topic = PlatformTopics.TwinDesired(Id),
                    Payload = OmniJson.Utf8(payload),
                    Retain = true,
                    Reference = DesiredReference + _state.Facts.DesiredVersion,
                    CreatedAt = decision.Moment.Now,
                    ExpiresAt = null,
                    Change = OmniJson.Utf8(MergePatch.Difference(facts.Desired, merged)),
                }
            )
        );
        return View(decision.Moment.IsLiving);
    }

    public Reply<int> Handle(DecisionScope scope, PatchReported request)
    {
        AdoptModel(scope.Decision);
        if (_state.Model is null)
            return Rejection.Conflict("UnknownModel", $"There is no model '{_state.Facts.Registration.Model}'.");
        return TryReport(scope, request.Patch, out MergePatchRefusal refusal)
            ? _state.Facts.ReportedVersion
            : Rejection.Invalid("TwinTooLarge", Explain(refusal));
    }

    public Reply<DeviceCommand> Handle(Decision decision, SendCommand request)
    {
        AdoptModel(decision);
        CommandDefinition? definition = _state.Model?.Commands.GetValueOrDefault(request.Name);
        IReadOnlyList<string> common = _state.Facts.Edge is null ? [] : EdgeCommands.All;
        if (definition is null && common.Contains(request.Name))
            definition = new CommandDefinition();
        if (definition is null)
        {
            string known = TextCut.Shortened(
                string.Join(", ", common.Concat(_state.Model?.Commands.Keys ?? []).Distinct().Order(StringComparer.Ordinal)),
                MostListed
            );
            return Rejection.Invalid(
                "UnknownCommand",
                $"The model '{_state.Facts.Registration.Model}' has no command '{request.Name}'; it has: {known}.",
                "/name"
            );
        }
        if (RoomFor(request.Arguments) is { } rejection)
            return rejection;
        return QueueCommand(
            decision,
            request.Name,
            request.Arguments,
            request.Timeout ?? definition.Timeout,
            request.Actor,
            OwnersCase(decision.Moment)?.Id,
            request.Id
        );
    }

    public Reply<bool> Handle(Moment moment, AttachToEdge request)
    {
        DeviceFacts facts = _state.Facts;
        if (facts.Edge is { } other && other != request.Edge)
            return Rejection.Conflict(
                "DeviceIsElsewhere",
                $"Device '{Id}' is reached through '{other.NodeId}'{(other.Device is null ? "" : $" as '{other.Device}'")}."
            );
        if (request.Adopter is { } node)
        {
            bool isOfSameOwner = facts.Registration.CustomerId == node.CustomerId && facts.Registration.SiteId == node.SiteId;
            bool spokeForItself = facts.Edge is null && (_state.LastSeenAt is not null || Present(moment).Any());
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
    public Reply<Alarm> Handle(Decision decision, AcknowledgeAlarm request, Alarm? stored)
    {
        if ((FindAlarm(request.AlarmId) ?? stored) is not { } alarm)
            return Rejection.NotFound("Alarm", request.AlarmId);
        if (alarm.AcknowledgedAt is not null)
            return alarm;
        Alarm acknowledged = alarm with { AcknowledgedAt = decision.Moment.Now, AcknowledgedBy = request.Actor };
        Replace(acknowledged);
        decision.Emit(new PutAlarm(acknowledged));
        return acknowledged;
    }

    public Reply<Alarm> Handle(Decision decision, ClearAlarm request)
    {
        if (FindAlarm(request.AlarmId) is not { } alarm)
            return AlarmIsOver(request.AlarmId);
        int rule = _state.Model?.RuleSet.IndexOf(alarm.Type) ?? -1;
        if (rule >= 0)
            _state.Model!.RuleSet.ClearByHand(_state.Rules!, rule, decision.Moment.Now);
        RestartMaintenance(decision.Moment, alarm.Type);
        Clear(decision, alarm, decision.Moment.Now, request.Actor);
        return alarm with { ClearedAt = decision.Moment.Now };
    }

    /// <summary>
    /// A connection was opened by the run <paramref name="incarnation"/> of a process; it takes the place of the client's earlier one.
    /// </summary>
    public void Connected(Moment moment, string clientId, string incarnation)
    {
        DeviceConnection connection = new(clientId, incarnation);
        _state.Facts = _state.Facts with { Connections = [.. Present(moment).Where(other => other.ClientId != clientId), connection] };
    }

    /// <summary>A connection ended, unless the client has another by now, at another process.</summary>
    public void Disconnected(Moment moment, string clientId, string incarnation) =>
        _state.Facts = _state.Facts with
        {
            Connections = [.. Present(moment).Where(other => other != new DeviceConnection(clientId, incarnation))],
        };

    /// <summary>How the device looks from outside.</summary>
    public TwinView View(Func<string, bool> isLiving) => DeviceTwin.View(_state, isLiving);

    /// <summary>Whether a run of a process has a connection of the device.</summary>
    public bool IsConnectedAt(string process) => _state.Facts.Connections.Any(connection => connection.Incarnation == process);

    private IEnumerable<DeviceConnection> Present(Moment moment) =>
        _state.Facts.Connections.Where(connection => moment.IsLiving(connection.Incarnation));

    private Alarm? FindAlarm(string id) => _state.Facts.Alarms.FirstOrDefault(alarm => alarm.Id == id);

    private static Rejection AlarmIsOver(string id) => Rejection.Conflict("AlarmAlreadyCleared", $"Alarm '{id}' is not active any more.");

    /// <summary>Who made the device the new owner's is not told on the former owner's timeline.</summary>
    private void Link(Decision decision, string? before, string? after, string actor = SystemActor)
    {
        if (before == after)
            return;
        if (before is not null)
            AddLinkEntry(decision, before, TimelineKind.DeviceUnlinked, SentenceKinds.DeviceUnlinked, SystemActor);
        if (after is not null)
            AddLinkEntry(decision, after, TimelineKind.DeviceLinked, SentenceKinds.DeviceLinked, actor);
    }

    private void AddLinkEntry(Decision decision, string customerId, string kind, string says, string actor) =>
        decision.Append(
            new Happening(kind, actor, Sentence.Of(says, ("device", Name)))
            {
                CustomerId = customerId,
                At = decision.Moment.Now,
                Channel = "device",
                Direction = TimelineDirection.Internal,
                Refs = new TimelineRefs { DeviceId = Id },
                Data = new JsonObject { ["model"] = _state.Facts.Registration.Model },
            }
        );

    /// <summary>Templates of a model were checked when it was stored; one that is not understood all the same is shown as it is.</summary>
    private string Render(Moment moment, string template) =>
        Template
            .Parse(template, TemplateNames.Device)
            .Value?.Render(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    [TemplateNames.DeviceName] = Name,
                    [TemplateNames.ModelName] = _state.Model?.Name,
                    [TemplateNames.CustomerName] = _state.Facts.CustomerName,
                    [TemplateNames.SiteName] = _state.Facts.Registration.SiteId is { } site
                        ? moment.Catalog.Sites.GetValueOrDefault(site)?.Name
                        : null,
                }
            )
        ?? template;
}
