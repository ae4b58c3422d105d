using OmniIoT.Devices.Topics;
using OmniIoT.Dialects.Sparkplug;
using OmniIoT.Dialects.Sparkplug.Commands;
using OmniIoT.Dialects.Sparkplug.Native;
using OmniIoT.Dialects.Sparkplug.Nodes;
using OmniIoT.Dialects.Sparkplug.Payloads;
using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Devices;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

// What the events of a node mean to the grains.
internal sealed partial class NodeLink
{
    /// <summary>Further ahead no time can be meant: the public contract.</summary>
    private static readonly TimeSpan FarFuture = new DecisionSettings().FarFuture;

    /// <summary>By this its node's connection is known to the grain of a device that has none.</summary>
    private string DeviceClientId => $"sparkplug:{NodeGrain.Key}/{connection.Session.ClientId}";

    /// <param name="request">The message that brought it; null when time or the connection's end did.</param>
    private ValueTask TakeAsync(LinkedNode node, NodeEvent came, Submission submission, SparkplugRequest? request) =>
        came switch
        {
            NodeBorn born => TakeAsync(node, born, submission, request!),
            DeviceBorn born => TakeAsync(node, born, submission, request!),
            DataCame data => TakeAsync(node, data, submission, request!),
            DeviceDied died => TakeAsync(node, died, submission),
            NodeDied => TakeDeathAsync(node, submission),
            NotUnderstood part => submission.RefuseAsync(
                NodeGrain,
                request!.Topic,
                request.Payload,
                new Refusal(DeadLetterReason.WrongShape, part.Detail)
            ),
            RebirthWanted wanted => AskForRebirth(node, wanted),
            _ => throw new InvalidOperationException($"{came.GetType().Name} is no event of a node."),
        };

    private async ValueTask TakeAsync(LinkedNode node, NodeBorn born, Submission submission, SparkplugRequest request)
    {
        if (!node.IsMarked)
            await dialect.Directory.MarkNodeAsync(NodeGrain.Key, submission.CancellationToken);
        node.IsMarked = true;
        node.Unborn.Clear();
        bool isNew = node.Self is null;
        LiveTarget self = node.Self ??= new LiveTarget(this, node, null, NodeGrain);
        if (isNew)
            await submission.NotifyAsync(
                NodeGrain,
                new SessionOpened(submission.ReceivedAt, parts.Processes.Own, connection.Session.ClientId, connection.Transport.Address)
            );
        await TakeBirthAsync(node, self, isNew, born.Metrics, submission, request);
    }

    private async ValueTask TakeAsync(LinkedNode node, DeviceBorn born, Submission submission, SparkplugRequest request)
    {
        bool isNew = !node.Devices.TryGetValue(born.Device, out LiveTarget? target);
        if (
            isNew
            && await dialect.Directory.FindOrRegisterAsync(
                NodeGrain.Key,
                born.Device,
                WellKnownMetrics.FindModel(born.Metrics),
                BareModel.Sparkplug,
                submission.CancellationToken
            )
                is { } found
        )
        {
            target = new LiveTarget(this, node, born.Device, found);
            node.Devices.Add(born.Device, target);
            await submission.NotifyAsync(
                found,
                new SessionOpened(submission.ReceivedAt, parts.Processes.Own, DeviceClientId, connection.Transport.Address)
            );
        }
        if (target is not null)
            await TakeBirthAsync(node, target, isNew, born.Metrics, submission, request);
        else
            await RefuseUnknownAsync(born.Device, submission, request);
    }

    private async ValueTask TakeBirthAsync(
        LinkedNode node,
        LiveTarget target,
        bool isNew,
        MetricBatch metrics,
        Submission submission,
        SparkplugRequest request
    )
    {
        dialect.Targets.Set(target);
        byte[] reported;
        lock (node.Lock)
            reported = ReportedMessage.OfBirth(node.Group, node.Name, target.Device, metrics, node.Node.MetricsOf(target.Device));
        await StoreAsync(target.Grain, reported, metrics, isBirth: true, submission, request);
        if (isNew)
            foreach (DeviceCommand sent in await dialect.Directory.SentAsync(target.Grain, submission.CancellationToken))
                target.Resume(sent);
        await FinishCommandsAsync(node, target.Grain, metrics, isBirth: true, submission);
        await submission.NotifyAsync(target.Grain, new DownlinksWanted(submission.ReceivedAt, DeviceClientId, []));
    }

    private async ValueTask TakeAsync(LinkedNode node, DataCame data, Submission submission, SparkplugRequest request)
    {
        if (await GrainOfAsync(node, data.Device, submission.CancellationToken) is not { } grain)
        {
            await RefuseUnknownAsync(data.Device!, submission, request);
            return;
        }
        await StoreAsync(grain, ReportedMessage.OfData(data.Metrics), data.Metrics, isBirth: false, submission, request);
        await FinishCommandsAsync(node, grain, data.Metrics, isBirth: false, submission);
    }

    private async ValueTask<EntityId?> GrainOfAsync(LinkedNode node, string? device, CancellationToken cancellationToken)
    {
        if (device is null)
            return NodeGrain;
        if (node.Devices.TryGetValue(device, out LiveTarget? born))
            return born.Grain;
        if (node.Unborn.TryGetValue(device, out EntityId? looked))
            return looked;
        if (node.Unborn.Count >= dialect.Options.Nodes.MaximumDevices)
            return null;
        return node.Unborn[device] = await dialect.Directory.FindAsync(NodeGrain.Key, device, cancellationToken);
    }

    private async ValueTask TakeAsync(LinkedNode node, DeviceDied died, Submission submission)
    {
        if (!node.Devices.Remove(died.Device, out LiveTarget? target))
            return;
        dialect.Targets.Remove(target);
        await submission.NotifyAsync(
            target.Grain,
            new SessionClosed(submission.ReceivedAt, parts.Processes.Own, DeviceClientId, "the edge node says so, or is gone itself")
        );
    }

    private ValueTask TakeDeathAsync(LinkedNode node, Submission submission)
    {
        if (node.Self is not { } self)
            return ValueTask.CompletedTask;
        node.Self = null;
        dialect.Targets.Remove(self);
        return submission.NotifyAsync(
            NodeGrain,
            new SessionClosed(submission.ReceivedAt, parts.Processes.Own, connection.Session.ClientId, "the edge node died")
        );
    }

    private ValueTask AskForRebirth(LinkedNode node, RebirthWanted wanted)
    {
        string topic = new SparkplugTopic(node.Group, MessageType.NodeCommand, node.Name, null).ToString();
        if (parts.Words.TrySend(connection.Scope, topic, PayloadWriter.Write(SparkplugCommand.RequestRebirth.ToPayload(Now))))
        {
            dialect.Asked(node, NodeGrain, wanted.Why);
            return ValueTask.CompletedTask;
        }
        lock (node.Lock)
            node.Node.RebirthUnheard();
        return ValueTask.CompletedTask;
    }

    private async ValueTask StoreAsync(
        EntityId grain,
        byte[]? reported,
        MetricBatch metrics,
        bool isBirth,
        Submission submission,
        SparkplugRequest request
    )
    {
        Instant latest = submission.ReceivedAt + FarFuture;
        List<(string Topic, byte[] Payload)> messages = reported is null ? [] : [(PlatformTopics.TwinReported(grain.Key), reported)];
        IEnumerable<MetricReading> sensible = metrics.Readings.Where(reading => !(reading.At > latest));
        messages.AddRange(TelemetryMessages.Write(sensible).Select(payload => (PlatformTopics.Telemetry(grain.Key), payload)));
        await submission.AddAsync(grain, messages);
        if (metrics.Readings.FirstOrDefault(reading => reading.At > latest) is { Name: { } future })
            await submission.RefuseAsync(
                NodeGrain,
                request.Topic,
                request.Payload,
                new Refusal(
                    DeadLetterReason.Future,
                    $"the timestamp of '{future}' is more than {FarFuture.TotalHours:0} h ahead of its arrival"
                )
            );
        await ReportSkippedAsync(metrics.Skipped, isBirth, submission, request);
    }

    // A metric that never has a value to keep is told of by the birth, and not again by each message.
    private async ValueTask ReportSkippedAsync(
        IReadOnlyList<SkippedMetric> skipped,
        bool isBirth,
        Submission submission,
        SparkplugRequest request
    )
    {
        foreach (SkippedMetric metric in skipped)
            dialect.Metrics.SparkplugSkipped.Add(1, new KeyValuePair<string, object?>("reason", NameOf(metric.Reason)));
        SkippedMetric[] told =
        [
            .. skipped.Where(metric => metric.Reason != SkipReason.Null && (isBirth || metric.Reason != SkipReason.NotScalar)),
        ];
        if (told.Length == 0)
            return;
        DeadLetterReason reason = told[0].Reason switch
        {
            SkipReason.NotFinite => DeadLetterReason.NotFinite,
            SkipReason.TooLong => DeadLetterReason.TooLarge,
            _ => DeadLetterReason.WrongShape,
        };
        string detail =
            $"{told.Length} of its metrics are left out, the others are kept; the first is '{told[0].Name}': {NameOf(told[0].Reason)}";
        await submission.RefuseAsync(NodeGrain, request.Topic, request.Payload, new Refusal(reason, detail));
    }

    private ValueTask RefuseUnknownAsync(string device, Submission submission, SparkplugRequest request) =>
        submission.RefuseAsync(
            NodeGrain,
            request.Topic,
            request.Payload,
            new Refusal(DeadLetterReason.WrongShape, $"no device here is '{device}' behind '{NodeGrain.Key}'")
        );

    private static string NameOf(SkipReason reason) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(reason.ToString());
}
