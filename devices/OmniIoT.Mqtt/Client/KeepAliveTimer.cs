namespace OmniIoT.Mqtt.Client;

/// <summary>
/// Looks three times per keep-alive interval: a ping goes out when since the last look nothing was sent (so that the
/// server hears us within the interval, MQTT5 [MQTT-3.1.2-20], MQTT311 [MQTT-3.1.2-23]) or nothing came; when nothing
/// at all came until the look after a ping, the server is given up.
/// </summary>
internal sealed class KeepAliveTimer : IAsyncDisposable
{
    private readonly ITimer _timer;
    private readonly Func<(long Written, long Received)> _counters;
    private readonly Action _ping;
    private readonly Action _giveUp;
    private (long Written, long Received) _last;
    private bool _isPinging;

    public KeepAliveTimer(TimeSpan interval, TimeProvider time, Func<(long Written, long Received)> counters, Action ping, Action giveUp)
    {
        _counters = counters;
        _ping = ping;
        _giveUp = giveUp;
        _last = counters();
        _timer = time.CreateTimer(static state => ((KeepAliveTimer)state!).Look(), this, interval / 3, interval / 3);
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Look()
    {
        (long Written, long Received) now = _counters();
        bool isQuiet = now.Received == _last.Received;
        if (_isPinging && isQuiet)
        {
            _giveUp();
            return;
        }

        _isPinging = isQuiet || now.Written == _last.Written;
        if (_isPinging)
            _ping();
        _last = (_counters().Written, now.Received);
    }
}
