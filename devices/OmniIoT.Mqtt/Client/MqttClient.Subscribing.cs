using System.Collections.Immutable;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Topics;

namespace OmniIoT.Mqtt.Client;

public sealed partial class MqttClient
{
    // Identifiers above the window's, so that the two kinds never meet.
    private readonly Dictionary<ushort, TaskCompletionSource<ImmutableArray<ReasonCode>>> _pendingSubscriptions = [];
    private readonly Dictionary<TopicFilter, Subscription> _subscriptions = [];
    private ushort _lastSubscriptionIdentifier;

    /// <summary>Subscribes on the open connection; renewed by itself when a later server session knows nothing of it.</summary>
    /// <returns>The server's answer per subscription, in the same order.</returns>
    /// <exception cref="MqttClientException">There is no connection, or it was lost before the answer.</exception>
    public async Task<ImmutableArray<ReasonCode>> SubscribeAsync(
        ImmutableArray<Subscription> subscriptions,
        PacketProperties? properties = null,
        CancellationToken cancellationToken = default
    )
    {
        ImmutableArray<ReasonCode> codes = await RequestAsync(
            (identifier, output) =>
                new SubscribePacket(identifier, subscriptions) { Properties = properties ?? PacketProperties.None }.Encode(
                    _options.Version,
                    output
                ),
            cancellationToken
        );
        lock (_gate)
        {
            for (int index = 0; index < Math.Min(codes.Length, subscriptions.Length); index++)
            {
                if (!codes[index].IsFailure())
                    _subscriptions[subscriptions[index].Filter] = subscriptions[index];
            }
        }

        return codes;
    }

    /// <summary>Subscribes to one filter.</summary>
    /// <returns>The granted QoS as <see cref="ReasonCode.Success"/>, <see cref="ReasonCode.GrantedQos1"/> or <see
    /// cref="ReasonCode.GrantedQos2"/>, or a failure.</returns>
    /// <inheritdoc cref="SubscribeAsync(ImmutableArray{Subscription}, PacketProperties?, CancellationToken)"/>
    public async Task<ReasonCode> SubscribeAsync(
        string filter,
        QualityOfService maximumQos = QualityOfService.AtLeastOnce,
        CancellationToken cancellationToken = default
    ) => (await SubscribeAsync([new Subscription(TopicFilter.Parse(filter), maximumQos)], properties: null, cancellationToken))[0];

    /// <summary>Ends subscriptions on the open connection.</summary>
    /// <returns>The server's answer per filter; empty in 3.1.1, whose answer has none.</returns>
    public async Task<ImmutableArray<ReasonCode>> UnsubscribeAsync(
        ImmutableArray<TopicFilter> filters,
        CancellationToken cancellationToken = default
    )
    {
        lock (_gate)
        {
            foreach (TopicFilter filter in filters)
                _subscriptions.Remove(filter);
        }

        return await RequestAsync(
            (identifier, output) => new UnsubscribePacket(identifier, filters).Encode(_options.Version, output),
            cancellationToken
        );
    }

    private async Task<ImmutableArray<ReasonCode>> RequestAsync(
        Action<ushort, System.Buffers.IBufferWriter<byte>> encode,
        CancellationToken cancellationToken
    )
    {
        TaskCompletionSource<ImmutableArray<ReasonCode>> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_connection is not { Output: { } output } connection)
                throw new MqttClientException(ReasonCode.UnspecifiedError, "There is no connection.");
            ushort identifier = NextSubscriptionIdentifier();
            encode(identifier, output);
            _pendingSubscriptions.Add(identifier, answer);
            connection.Flush();
        }

        return await answer.Task.WaitAsync(cancellationToken);
    }

    private ushort NextSubscriptionIdentifier()
    {
        do
        {
            _lastSubscriptionIdentifier =
                _lastSubscriptionIdentifier <= _options.MaximumInFlight || _lastSubscriptionIdentifier == ushort.MaxValue
                    ? (ushort)(_options.MaximumInFlight + 1)
                    : (ushort)(_lastSubscriptionIdentifier + 1);
        } while (_pendingSubscriptions.ContainsKey(_lastSubscriptionIdentifier));
        return _lastSubscriptionIdentifier;
    }

    private void RenewSubscriptions(ClientConnection connection)
    {
        if (_subscriptions.Count == 0 || connection.Output is not { } output)
            return;
        new SubscribePacket(NextSubscriptionIdentifier(), [.. _subscriptions.Values]).Encode(_options.Version, output);
    }

    private void CompleteSubscription(ushort identifier, ImmutableArray<ReasonCode> codes)
    {
        TaskCompletionSource<ImmutableArray<ReasonCode>>? answer;
        lock (_gate)
            _pendingSubscriptions.Remove(identifier, out answer);
        answer?.TrySetResult(codes);
    }

    private void FailPendingSubscriptions()
    {
        TaskCompletionSource<ImmutableArray<ReasonCode>>[] waiting;
        lock (_gate)
        {
            waiting = [.. _pendingSubscriptions.Values];
            _pendingSubscriptions.Clear();
        }

        foreach (TaskCompletionSource<ImmutableArray<ReasonCode>> answer in waiting)
            answer.TrySetException(
                new MqttClientException(ReasonCode.UnspecifiedError, "The connection was lost before the server answered.")
            );
    }
}
