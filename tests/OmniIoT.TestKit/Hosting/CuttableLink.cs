using System.Net;
using System.Net.Sockets;

namespace OmniIoT.TestKit.Hosting;

/// <summary>
/// A TCP proxy that can be cut: connections break, and new ones are turned away until it is mended. It can also fall silent.
/// </summary>
public sealed class CuttableLink : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly int _targetPort;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<TcpClient> _open = [];
    private readonly Task _accepting;
    private readonly SemaphoreSlim _turnedAway = new(0);
    private bool _isCut;
    private TaskCompletionSource? _silence;

    /// <param name="targetPort">On 127.0.0.1.</param>
    /// <param name="listen">Null: a free port on 127.0.0.1.</param>
    public CuttableLink(int targetPort, IPEndPoint? listen = null)
    {
        _targetPort = targetPort;
        _listener = new TcpListener(listen ?? new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Breaks every connection.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _isCut = true;
            _silence?.TrySetResult();
            foreach (TcpClient client in _open)
                client.Close();
            _open.Clear();
        }
    }

    /// <summary>The next attempt to connect over the cut link.</summary>
    public Task TurnedAwayAsync() => Awaited.Within(_turnedAway.WaitAsync(_stop.Token), "attempt to connect over the cut link");

    /// <summary>Connections stay, and nothing passes any more until the link is cut.</summary>
    public void FallSilent()
    {
        lock (_lock)
            _silence = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Mend()
    {
        lock (_lock)
            _isCut = false;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Cut();
        _listener.Dispose();
        await _accepting;
        _turnedAway.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> served = [];
        try
        {
            while (true)
                served.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(TcpClient near)
    {
        using (near)
        using (TcpClient far = new())
        {
            if (!Admit(near, far))
                return;
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, _targetPort);
                await Task.WhenAny(PumpAsync(near, far), PumpAsync(far, near));
            }
            catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
            {
                // Cut while connecting.
            }
        }
    }

    private bool Admit(TcpClient near, TcpClient far)
    {
        lock (_lock)
        {
            if (_isCut)
            {
                _turnedAway.Release();
                return false;
            }
            _open.Add(near);
            _open.Add(far);
            return true;
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is > 0 and var count)
            {
                await PassableAsync();
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception cut) when (cut is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The link is cut or one side is gone.
        }
    }

    private Task PassableAsync()
    {
        lock (_lock)
            return _silence?.Task ?? Task.CompletedTask;
    }
}
