using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OmniIoT.Host;
using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests;

/// <summary>Who is not accepted yet holds no handle of the process.</summary>
public sealed class BoundedTransportTests : IAsyncLifetime
{
    private const int Most = 2;

    private readonly BoundedTransport _transport = new(
        new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
        Most
    );
    private readonly List<Socket> _clients = [];
    private IConnectionListener _listener = null!;

    public async ValueTask InitializeAsync()
    {
        _listener = await _transport.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        for (int i = 0; i < Most + 2; i++)
        {
            Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _clients.Add(client);
            await client.ConnectAsync(_listener.EndPoint);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await _listener.DisposeAsync();
        _transport.Dispose();
    }

    [Fact]
    public async Task The_next_is_accepted_once_one_is_over()
    {
        ConnectionContext first = await AcceptedAsync();
        await AcceptedAsync();
        Task<ConnectionContext?> third = _listener.AcceptAsync().AsTask();
        Assert.False(third.IsCompleted);

        await first.DisposeAsync();
        await first.DisposeAsync(); // Once is once.

        Assert.NotNull(await Awaited.Within(third, "third connection"));
        Assert.False(_listener.AcceptAsync().AsTask().IsCompleted);
    }

    [Fact]
    public async Task Who_waits_for_a_place_hears_of_the_end()
    {
        await AcceptedAsync();
        await AcceptedAsync();
        Task<ConnectionContext?> third = _listener.AcceptAsync().AsTask();

        await _listener.UnbindAsync();

        Assert.Null(await Awaited.Within(third, "end of accepting"));
    }

    private async Task<ConnectionContext> AcceptedAsync() =>
        await Awaited.Within(_listener.AcceptAsync().AsTask(), "connection") ?? throw new InvalidOperationException("It listens no more.");
}
