using System.Buffers;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Turns;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.State;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime;

namespace OmniIoT.Grains.Devices;

/// <summary>The shell of one device; what it decides is <see cref="DeviceDecider"/>'s. Requests stand in a file of their own.</summary>
[Reentrant]
[PreferLocalPlacement]
internal sealed partial class DeviceGrain(EntityRuntime runtime) : EntityGrain(runtime), IDeviceGrain
{
    /// <summary>Null while the device is not registered.</summary>
    private DeviceDecider? _decider;

    /// <summary>The catalog that its model was looked for in, in vain.</summary>
    private Catalog? _lookedIn;

    protected override EntityId Id => EntityId.Device(Key);

    protected override bool Exists => _decider is not null;

    protected override void Load(Snapshot? snapshot, Moment moment) =>
        _decider = snapshot is null
            ? null
            : new DeviceDecider(DeviceState.Read(snapshot.State, snapshot.Facts, model => moment.Catalog.Models.GetValueOrDefault(model)));

    protected override byte[]? Write(ArrayBufferWriter<byte> output)
    {
        _decider!.State.Write(output);
        return _decider.State.TakeFacts();
    }

    protected override byte[]? TakeHistory() => _decider!.State.TakeHistory();

    protected override bool LacksHistory => _decider?.State.LacksHistory == true;

    protected override void LoadHistory(byte[]? history) => _decider!.State.ReadHistory(history);

    protected override Instant? NextDue(Moment moment) => _decider!.NextDue();

    protected override bool HasConnectionAt(string process) => _decider?.IsConnectedAt(process) == true;

    /// <summary>
    /// A model that another process took a moment ago may not have come here yet: what its devices say must not wait for it.
    /// </summary>
    protected override ValueTask PrepareAsync(DecisionScope scope) =>
        _decider is { State.Model: null } device && !ReferenceEquals(scope.Moment.Catalog, _lookedIn)
            ? LookForModelAsync(scope, device)
            : ValueTask.CompletedTask;

    protected override void BeginBatch(Decision decision)
    {
        _decider!.AdoptModel(decision);
        decision.Telemetry.BeginDevice(Key, _decider.State.Values);
    }

    protected override void EndBatch(Decision decision) => decision.Telemetry.EndDevice();

    protected override ValueTask<Refusal?> DecideAsync(DecisionScope scope, InboundBatch batch, int index) =>
        ValueTask.FromResult(_decider!.Handle(scope, batch.Topic(index), batch.Payload(index)));

    protected override void Take(Decision decision, GatewayNotice notice)
    {
        if (_decider is not { } device)
            return;
        switch (notice)
        {
            case SessionOpened opened:
                device.Connected(decision.Moment, opened.ClientId, opened.Process);
                break;
            case SessionClosed closed:
                device.Disconnected(decision.Moment, closed.ClientId, closed.Process);
                break;
            case DownlinksWanted wanted:
                device.WantDownlinks(decision, wanted.Held);
                break;
            case DownlinkProgress progress:
                device.DownlinkProgressed(decision, progress.Reference, progress.Sessions, progress.Acknowledged);
                break;
            default:
                break;
        }
    }

    protected override ValueTask WakeUpAsync(DecisionScope scope)
    {
        _decider?.WakeUp(scope);
        return ValueTask.CompletedTask;
    }

    protected override void Announce()
    {
        if (Runtime.Outlook.Hub.IsWatched)
            Runtime.Outlook.Hub.Touch(Key);
    }

    private async ValueTask LookForModelAsync(DecisionScope scope, DeviceDecider device)
    {
        await Runtime.Outlook.Catalogs.RefreshAsync(DocumentKind.Model, device.State.Facts.Registration.Model, CancellationToken.None);
        _lookedIn = Runtime.Outlook.Catalogs.Current;
        scope.LookInto(_lookedIn);
    }
}
