using System.Net.Sockets;
using System.Security.Authentication;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Client;

/// <summary>
/// An MQTT client for 3.1.1 and 5.0 without a thread of its own, so that one process can run thousands. After a loss it
/// connects again by itself, sends what was not acknowledged once more and renews its subscriptions where the server
/// has forgotten them. All members may be called from any thread, except that the message handler and the events must
/// not await <see cref="DisconnectAsync"/> or <see cref="DisposeAsync"/>, which wait for them.
/// </summary>
public sealed partial class MqttClient : IAsyncDisposable
{
    private readonly MqttClientOptions _options;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly IInFlightStore _store;
    private readonly Lock _gate = new();
    private readonly OutgoingWindow _window;
    private ClientConnection? _connection; // Under the lock; the one to write to, null while there is none.
    private ClientConnection? _receiving; // Under the lock; the one being read, which outlives our own goodbye.
    private PacketProperties _limits = PacketProperties.None; // What the server of this connection offers.
    private CancellationTokenSource? _stop;
    private Task _run = Task.CompletedTask;
    private ReasonCode? _farewell; // The server's DISCONNECT.
    private TaskCompletionSource? _room;
    private long _received;
    private bool _hasConnected;
    private bool _isDelivering;
    private bool _isDisposed;

    /// <param name="random">For the jitter; not shared with other clients, because Random is not thread-safe.</param>
    /// <param name="store">Null: memory, which survives connections but not the process.</param>
    public MqttClient(MqttClientOptions options, TimeProvider time, Random random, IInFlightStore? store = null)
    {
        options.Validate();
        _options = options;
        _time = time;
        _random = random;
        _store = store ?? new MemoryInFlightStore();
        _window = new OutgoingWindow(options, _store);
        ClientId = options.ClientId;
    }

    /// <summary>A connection is up; the acknowledgement says whether the server kept the session.</summary>
    public event Action<ConnAckPacket>? Connected;

    /// <summary>A connection that was up is gone.</summary>
    public event Action<ConnectionLoss>? Disconnected;

    /// <summary>An attempt to connect failed; the next follows after the back-off.</summary>
    public event Action<MqttClientException>? ConnectFailed;

    /// <summary>As the server assigned it where the options left it empty.</summary>
    public string ClientId { get; private set; }

    public bool IsConnected
    {
        get
        {
            lock (_gate)
                return _connection is not null;
        }
    }

    /// <summary>QoS 1 and 2 messages that are not yet acknowledged.</summary>
    public int InFlightCount
    {
        get
        {
            lock (_gate)
                return _window.Count;
        }
    }

    /// <summary>Starts connecting and goes on until it succeeds, then stays connected.</summary>
    public void Start() => Run(first: null);

    /// <summary>Connects once; afterwards the client stays connected by itself.</summary>
    /// <exception cref="MqttClientException">This first attempt failed; the client is stopped then.</exception>
    public async Task<ConnAckPacket> ConnectAsync(CancellationToken cancellationToken = default)
    {
        TaskCompletionSource<ConnAckPacket> first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        CancellationTokenSource stop = Run(first);
        await using CancellationTokenRegistration registration = cancellationToken.Register(stop.Cancel);
        try
        {
            return await first.Task;
        }
        catch (MqttClientException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    /// <summary>Says goodbye, so that the server drops the will, and stops. Messages in flight stay for the next start.</summary>
    /// <param name="reasonCode">5.0 only; <see cref="ReasonCode.DisconnectWithWillMessage"/> has the will published.</param>
    public async Task DisconnectAsync(ReasonCode reasonCode = ReasonCode.Success, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _stop?.Cancel();
            Farewell(_connection, reasonCode);
        }

        try
        {
            await _run.WaitAsync(_options.DisconnectTimeout, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            ClientConnection? silent;
            // Not the one that the goodbye was said to: another may have come up while the client was stopping.
            lock (_gate)
                silent = _receiving;
            silent?.Abort(null);
            await _run;
        }
    }

    /// <summary>
    /// Cuts the connection without DISCONNECT, as a dead battery would: the server publishes the will. With
    /// <see cref="MqttClientOptions.Reconnect"/> the client comes back after the back-off.
    /// </summary>
    public void Abort()
    {
        ClientConnection? connection;
        lock (_gate)
            connection = _connection;
        connection?.Abort(null);
    }

    /// <summary>Disconnects and gives up what is in flight: publishes that are still awaited fail.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        await DisconnectAsync();
        List<PublishCompletion> abandoned;
        lock (_gate)
        {
            _isDisposed = true;
            abandoned = [.. _window.Observers().OfType<PublishCompletion>()];
            _stop?.Dispose();
        }

        SignalRoom();
        foreach (PublishCompletion completion in abandoned)
            completion.TrySetException(
                new MqttClientException(ReasonCode.UnspecifiedError, "The client was disposed before the server acknowledged.")
            );
    }

    private CancellationTokenSource Run(TaskCompletionSource<ConnAckPacket>? first)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_run.IsCompleted)
                throw new InvalidOperationException("The client is already started.");
            _stop?.Dispose();
            _stop = new CancellationTokenSource();
            _run = RunAsync(first, _stop.Token);
            return _stop;
        }
    }

    private async Task RunAsync(TaskCompletionSource<ConnAckPacket>? first, CancellationToken stop)
    {
        await Task.Yield(); // The caller holds the lock.
        int failures = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                (ClientConnection? connection, ConnAckPacket? accepted) = await OpenAsync(stop);
                failures = 0;
                await LiveAsync(connection, accepted, first, stop);
            }
            catch (MqttClientException error)
            {
                failures++;
                if (first is not null && first.TrySetException(error))
                    return;
                if (!stop.IsCancellationRequested)
                    ConnectFailed?.Invoke(error);
            }
            catch (Exception error)
            {
                first?.TrySetException(error); // A bug in an event handler or a store; DisconnectAsync reports it too.
                Abort();
                throw;
            }

            if (!_options.Reconnect)
                return;
            TimeSpan delay = ReconnectBackoff.Next(_options.ReconnectDelay, _options.MaximumReconnectDelay, failures, _random);
            await Task.Delay(delay, _time, stop)
                .ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>From name resolution to CONNACK, within the time-out.</summary>
    private async Task<(ClientConnection Connection, ConnAckPacket Accepted)> OpenAsync(CancellationToken stop)
    {
        using CancellationTokenSource timeout = new(_options.ConnectTimeout, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop);
        ClientConnection? connection = null;
        try
        {
            (Socket? socket, Stream? stream) = await ClientTransport.OpenAsync(_options, either.Token);
            connection = new ClientConnection(socket, stream, SignalRoom);
            ConnAckPacket accepted = await ConnectHandshake.PerformAsync(stream, connection.Input, _options, !_hasConnected, either.Token);
            return (connection, accepted);
        }
        catch (Exception error)
            when (error
                    is SocketException
                        or IOException
                        or AuthenticationException
                        or OperationCanceledException
                        or MqttProtocolException
                        or MqttClientException
            )
        {
            connection?.Dispose();
            if (error is MqttClientException refusal)
                throw refusal;
            ReasonCode reason = (error as MqttProtocolException)?.ReasonCode ?? ReasonCode.UnspecifiedError;
            string text = timeout.IsCancellationRequested ? $"No connection within {_options.ConnectTimeout}." : error.Message;
            throw new MqttClientException(reason, text, error);
        }
    }

    /// <summary>One connection from CONNACK to its end.</summary>
    private async Task LiveAsync(
        ClientConnection connection,
        ConnAckPacket accepted,
        TaskCompletionSource<ConnAckPacket>? first,
        CancellationToken stop
    )
    {
        Install(connection, accepted);
        Task sending = connection.SendAsync();
        Exception? error;
        await using (StartKeepAlive(connection, accepted))
        {
            first?.TrySetResult(accepted);
            Connected?.Invoke(accepted);
            if (stop.IsCancellationRequested)
                Farewell(connection, ReasonCode.Success);
            error = await ReceiveAsync(connection);
        }

        lock (_gate)
        {
            if (error is MqttProtocolException broken)
                Farewell(connection, broken.ReasonCode);
            _connection = _receiving = null;
        }

        if (error is MqttProtocolException)
            await Task.WhenAny(sending, Task.Delay(_options.DisconnectTimeout, _time, CancellationToken.None));
        connection.Abort(error);
        await sending;
        FailPendingSubscriptions();
        ConnectionLoss loss = new(stop.IsCancellationRequested, _farewell, connection.Error);
        connection.Dispose();
        Disconnected?.Invoke(loss);
    }

    private void Install(ClientConnection connection, ConnAckPacket accepted)
    {
        List<(ushort Identifier, IPublishObserver? Observer)> settled;
        lock (_gate)
        {
            _connection = _receiving = connection;
            _limits = accepted.Properties;
            _farewell = null;
            ClientId = accepted.Properties.AssignedClientIdentifier ?? ClientId;
            if (!accepted.SessionPresent)
                _store.ClearReceived(); // MQTT5 [MQTT-3.2.2-5]
            settled = _window.Begin(accepted.SessionPresent, _limits.ReceiveMaximum ?? ushort.MaxValue, connection.Output);
            if (_hasConnected && !accepted.SessionPresent)
                RenewSubscriptions(connection);
            _hasConnected = true;
            connection.Flush();
        }

        foreach ((ushort identifier, IPublishObserver? observer) in settled)
            Report(identifier, ReasonCode.Success, observer);
        SignalRoom();
    }

    private KeepAliveTimer? StartKeepAlive(ClientConnection connection, ConnAckPacket accepted)
    {
        // MQTT5 [MQTT-3.1.2-21] [MQTT-3.2.2-21]: what the server says replaces what we asked for.
        TimeSpan interval = accepted.Properties.ServerKeepAliveSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : _options.KeepAlive;
        if (interval == TimeSpan.Zero)
            return null;
        return new KeepAliveTimer(interval, _time, () => (connection.Written, Volatile.Read(ref _received)), Ping, GiveUp);

        void Ping()
        {
            lock (_gate)
            {
                if (connection.Output is not { } output)
                    return;
                PingPacket.EncodeRequest(output);
                connection.Flush();
            }
        }

        void GiveUp()
        {
            if (Volatile.Read(ref _isDelivering))
                return; // It is our handler that keeps us from reading.
            connection.Abort(new TimeoutException($"Nothing came from the server within the keep-alive of {interval}."));
        }
    }

    // Writes DISCONNECT as the last packet, MQTT5 [MQTT-3.14.4-1], MQTT311 [MQTT-3.14.4-2].
    private void Farewell(ClientConnection? connection, ReasonCode reasonCode)
    {
        lock (_gate)
        {
            _connection = null;
            if (connection?.Output is not { } output)
                return;
            // 3.1.1 has no failing DISCONNECT: it just closes.
            bool mayWrite = _options.Version == ProtocolVersion.V5 || !reasonCode.IsFailure();
            if (mayWrite)
                new DisconnectPacket(reasonCode).Encode(_options.Version, output);
            connection.Flush();
            connection.CompleteOutput();
        }
    }
}
