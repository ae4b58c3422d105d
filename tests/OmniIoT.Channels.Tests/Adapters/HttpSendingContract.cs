using System.Net;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Channels.Tests.Adapters;

/// <summary>What every channel must do that sends by its provider's HTTP API, here against the stand-in of it.</summary>
public abstract class HttpSendingContract : ChannelContract, IAsyncDisposable
{
    private protected ProviderClient Client { get; } = new(TimeProvider.System);

    private protected abstract ProviderServer Server { get; }

    private protected abstract IChannelAdapter Adapter { get; }

    private protected override Channel Channel => Sending(Server.Endpoint, Secret);

    /// <summary>The channel with the provider at that address, and that credential.</summary>
    private protected abstract Channel Sending(string endpoint, string credential);

    private protected virtual Identity To => From;

    [Fact]
    public async Task A_message_is_taken_once_and_has_the_providers_name()
    {
        SendOutcome.Sent sent = Assert.IsType<SendOutcome.Sent>(await SendAsync());

        Assert.False(string.IsNullOrEmpty(sent.ExternalId));
        Assert.Single(Server.Taken);
    }

    [Fact]
    public async Task What_was_taken_is_sent_however_oddly_the_provider_says_so()
    {
        Server.ContentType = "application/json; charset=utf8";
        Server.Padding = new string(' ', 300 * 1024);

        Assert.False(string.IsNullOrEmpty(Assert.IsType<SendOutcome.Sent>(await SendAsync()).ExternalId));
    }

    [Fact]
    public async Task A_provider_that_is_busy_says_when_it_is_not()
    {
        Server.FailNext(HttpStatusCode.TooManyRequests, retryAfter: TimeSpan.FromSeconds(40));

        Assert.Equal(TimeSpan.FromSeconds(40), Assert.IsType<SendOutcome.NotNow>(await SendAsync()).After);
    }

    [Fact]
    public async Task A_provider_that_fails_is_tried_again()
    {
        Server.FailNext(HttpStatusCode.ServiceUnavailable);

        Assert.IsType<SendOutcome.NotNow>(await SendAsync());
    }

    [Fact]
    public async Task What_is_wrong_is_refused_for_ever()
    {
        Server.FailNext(HttpStatusCode.BadRequest);

        Assert.IsType<SendOutcome.Refused>(await SendAsync());
    }

    [Fact]
    public async Task A_provider_out_of_reach_is_tried_again() =>
        Assert.IsType<SendOutcome.NotNow>(
            await Adapter.SendAsync(Sending("http://127.0.0.1:1", Secret), Outgoing(To), TestContext.Current.CancellationToken)
        );

    [Fact]
    public async Task A_test_says_whether_the_provider_takes_the_credentials()
    {
        Assert.Null(await Adapter.TestAsync(Channel, TestContext.Current.CancellationToken));
        Assert.NotNull(await Adapter.TestAsync(Sending("http://127.0.0.1:1", Secret), TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected ValueTask<SendOutcome> SendAsync(OutgoingMessage? message = null) =>
        Adapter.SendAsync(Channel, message ?? Outgoing(To), TestContext.Current.CancellationToken);
}
