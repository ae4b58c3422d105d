using System.Collections.Concurrent;
using OmniIoT.Dialects.Sparkplug;
using OmniIoT.Dialects.Sparkplug.Nodes;
using OmniIoT.Dialects.Sparkplug.Payloads;
using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Gateway.Connections;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

/// <summary>
/// The nodes that speak over one connection; mostly there is one. Messages, beats and the end take turns. What events cause is in
/// NodeLink.Events.cs, commands are in NodeLink.Commands.cs.
/// </summary>
internal sealed partial class NodeLink(SparkplugDialect dialect, LinkParts parts, Connection connection)
{
    /// <summary>Names of nodes over one connection: a program that invents names cannot exhaust memory.</summary>
    private const int MaximumNodes = 16;

    private readonly Turns _turns = new();
    private readonly ConcurrentDictionary<(string Group, string Name), LinkedNode> _nodes = [];
    private readonly CancellationToken _closing = connection.Closing.Token;
    private int _beating;
    private bool _isEnded;

    /// <summary>The device that signed in: the node.</summary>
    public EntityId NodeGrain { get; } = connection.Scope.Principal!.Value;

    public Instant Now => parts.Time.Now();

    /// <summary>Whether no node spoke over it.</summary>
    public bool IsUnused => _nodes.IsEmpty;

    /// <summary>
    /// Takes a message; returns once all it means is handed on, or, where the sender waits for an acknowledgement, durable.
    /// </summary>
    public async ValueTask ReceiveAsync(SparkplugRequest request)
    {
        await _turns.EnterAsync(_closing);
        try
        {
            Submission submission = new(parts.Ingress, request.ReceivedAt, _closing);
            if (!_isEnded)
                await UnderstandAsync(request, submission);
            if (request.Qos != QualityOfService.AtMostOnce)
                await parts.Words.AcknowledgeAloneAsync(connection, request.Qos, request.PacketIdentifier, await submission.DurableAsync());
        }
        finally
        {
            _turns.Leave();
        }
    }

    /// <summary>The passing of time; waits for nothing.</summary>
    public void Beat(Instant now)
    {
        bool isDue = false;
        foreach (LinkedNode node in _nodes.Values)
            lock (node.Lock)
                isDue |= node.Node.NextDue <= now || node.Pending.Exists(pending => pending.Command.ExpiresAt <= now);
        if (isDue && Interlocked.Exchange(ref _beating, 1) == 0)
            parts.Background.Run(BeatAsync, _closing);
    }

    /// <summary>The node listens to commands now: those that nobody heard are said again.</summary>
    public async ValueTask CommandsHeardAsync()
    {
        await BeatAsync();
        foreach (LiveTarget device in _nodes.Values.SelectMany(node => node.Devices.Values.ToArray()))
            await parts.Ingress.NotifyAsync(device.Grain, new DownlinksWanted(Now, DeviceClientId, []), _closing);
    }

    /// <summary>The connection is at its end: so are its nodes and the devices behind them.</summary>
    public async ValueTask EndAsync()
    {
        await _turns.EnterAsync(parts.Background.Stopping);
        try
        {
            _isEnded = true;
            Submission submission = new(parts.Ingress, Now, parts.Background.Stopping);
            foreach (LinkedNode node in _nodes.Values)
            foreach (NodeEvent ended in Decide(node, state => state.End()))
                await TakeAsync(node, ended, submission, request: null);
        }
        finally
        {
            _turns.Leave();
        }
    }

    /// <summary>Whether anybody would get a message of this topic.</summary>
    public bool IsHeard(byte[] topic) => !connection.Scope.Subscriptions.Match(topic, null).IsEmpty;

    private async ValueTask BeatAsync()
    {
        await _turns.EnterAsync(_closing);
        try
        {
            Instant now = Now;
            Submission submission = new(parts.Ingress, now, _closing);
            foreach (LinkedNode node in _nodes.Values)
            foreach (NodeEvent due in Decide(node, state => state.Beat(now)))
                await TakeAsync(node, due, submission, request: null);
            ForgetExpired(now);
        }
        finally
        {
            Volatile.Write(ref _beating, 0);
            _turns.Leave();
        }
    }

    private async ValueTask UnderstandAsync(SparkplugRequest request, Submission submission)
    {
        if (!NodeMessageReader.TryRead(request, out SparkplugTopic? topic, out SparkplugPayload? payload, out Refusal? refusal))
        {
            await submission.RefuseAsync(NodeGrain, request.Topic, request.Payload, refusal);
            return;
        }
        if (NodeOf(topic) is not { } node)
        {
            await submission.RefuseAsync(
                NodeGrain,
                request.Topic,
                request.Payload,
                new Refusal(DeadLetterReason.WrongShape, $"more than {MaximumNodes} nodes speak over the connection")
            );
            return;
        }
        foreach (NodeEvent came in Decide(node, state => state.Take(topic.Type, topic.Device, payload, request.ReceivedAt)))
            await TakeAsync(node, came, submission, request);
    }

    private LinkedNode? NodeOf(SparkplugTopic topic)
    {
        if (_nodes.TryGetValue((topic.Group, topic.Node), out LinkedNode? known))
            return known;
        return _nodes.Count < MaximumNodes
            ? _nodes.GetOrAdd((topic.Group, topic.Node), new LinkedNode(topic.Group, topic.Node, dialect.Options.Nodes))
            : null;
    }

    private static IReadOnlyList<NodeEvent> Decide(LinkedNode node, Func<EdgeNode, IReadOnlyList<NodeEvent>> decide)
    {
        lock (node.Lock)
            return decide(node.Node);
    }
}
