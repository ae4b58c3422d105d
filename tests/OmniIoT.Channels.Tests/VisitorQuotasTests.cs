using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Channels.WebChat;
using OmniIoT.Ports.Security;
using OmniIoT.TestKit.Security;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Channels.Tests;

public sealed class VisitorQuotasTests : IDisposable
{
    private const string Page = "https://shop.example/filters";

    private readonly FakeTimeProvider _time = FakeTime.AtNoon();
    private readonly VisitorQuotas _quotas;

    public VisitorQuotasTests() => _quotas = new VisitorQuotas(new LocalAttempts(_time));

    public void Dispose() => _quotas.Dispose();

    [Fact]
    public async Task An_address_brings_sixty_visitors_a_minute_and_then_waits_for_the_next()
    {
        for (int i = 0; i < 60; i++)
            Assert.Null(await _quotas.TakeVisitorAsync("127.0.0.1"));
        Assert.Equal(TimeSpan.FromMinutes(1), await _quotas.TakeVisitorAsync("127.0.0.1"));
        Assert.Null(await _quotas.TakeVisitorAsync("::1"));

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await _quotas.TakeVisitorAsync("127.0.0.1"));
    }

    [Fact]
    public async Task Addresses_without_number_bring_six_hundred_visitors_a_minute()
    {
        int admitted = 0;
        for (int i = 0; i < 1_000; i++)
            admitted += await _quotas.TakeVisitorAsync($"10.0.0.{i}") is null ? 1 : 0;

        Assert.Equal(600, admitted);
    }

    [Fact]
    public async Task A_visitor_writes_thirty_messages_a_minute_and_holds_up_nobody_else()
    {
        int admitted = 0;
        for (int i = 0; i < 500; i++)
            admitted += await _quotas.TakeMessageAsync("127.0.0.1", new Visitor("loud")) is null ? 1 : 0;

        Assert.Equal(30, admitted);
        Assert.Null(await _quotas.TakeMessageAsync("127.0.0.1", new Visitor("quiet")));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await _quotas.TakeMessageAsync("127.0.0.1", new Visitor("loud")));
    }

    [Fact]
    public async Task Visitors_of_one_address_write_three_hundred_messages_a_minute_together()
    {
        int admitted = 0;
        for (int i = 0; i < 500; i++)
            admitted += await _quotas.TakeMessageAsync("127.0.0.1", new Visitor($"visitor {i}")) is null ? 1 : 0;

        Assert.Equal(300, admitted);
        Assert.Null(await _quotas.TakeMessageAsync("::1", new Visitor("elsewhere")));
    }

    [Fact]
    public async Task A_page_is_looked_at_once_in_a_visit_by_each_visitor()
    {
        Assert.True(await IsKeptAsync("ann", Page));
        Assert.False(await IsKeptAsync("ann", Page));
        Assert.True(await IsKeptAsync("ann", Page + "/large"));
        Assert.True(await IsKeptAsync("bo", Page));
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.True(await IsKeptAsync("ann", Page));
    }

    [Fact]
    public async Task A_look_that_was_refused_or_failed_is_not_counted()
    {
        Visitor ann = new("ann");

        Assert.False(await _quotas.LookAsync(ann, Page, () => ValueTask.FromResult(false)));
        await Assert.ThrowsAsync<IOException>(async () => await _quotas.LookAsync(ann, Page, () => throw new IOException()));

        Assert.True(await IsKeptAsync("ann", Page));
    }

    [Fact]
    public async Task A_look_is_kept_while_one_before_it_takes_too_long()
    {
        TaskCompletionSource<bool> slow = new();
        Task<bool> first = _quotas.LookAsync(new Visitor("ann"), Page, () => new ValueTask<bool>(slow.Task)).AsTask();
        Task<bool> second = IsKeptAsync("ann", Page);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.True(await second);
        slow.SetResult(true);
        Assert.True(await first);
    }

    [Fact]
    public async Task What_is_remembered_of_a_look_is_short_however_long_the_address_is()
    {
        RecordingAttempts attempts = new();
        using VisitorQuotas quotas = new(attempts);

        await quotas.LookAsync(new Visitor("ann"), "https://shop.example/" + new string('f', 1_900), () => ValueTask.FromResult(true));

        Assert.All(attempts.Keys, key => Assert.InRange(key.Length, 1, 64));
        Assert.NotEmpty(attempts.Keys);
    }

    [Fact]
    public void A_visitor_opens_five_streams_an_address_a_hundred_and_each_that_ends_makes_room()
    {
        DefaultHttpContext here = new() { Connection = { RemoteIpAddress = IPAddress.Loopback } };
        List<IDisposable> open = [];
        for (int visitor = 0; visitor < 20; visitor++)
        {
            for (int i = 0; i < 5; i++)
                open.Add(Assert.IsAssignableFrom<IDisposable>(_quotas.TryOpenStream(here, new Visitor($"visitor {visitor}"))));
        }

        Assert.Null(_quotas.TryOpenStream(here, new Visitor("visitor 0")));
        Assert.Null(_quotas.TryOpenStream(here, new Visitor("one more")));
        DefaultHttpContext there = new() { Connection = { RemoteIpAddress = IPAddress.IPv6Loopback } };
        Assert.Null(_quotas.TryOpenStream(there, new Visitor("visitor 0")));
        Assert.NotNull(_quotas.TryOpenStream(there, new Visitor("one more")));

        open[0].Dispose();
        Assert.NotNull(_quotas.TryOpenStream(here, new Visitor("visitor 0")));
    }

    private async Task<bool> IsKeptAsync(string visitor, string page)
    {
        bool isKept = false;
        bool isAccepted = await _quotas.LookAsync(
            new Visitor(visitor),
            page,
            () =>
            {
                isKept = true;
                return ValueTask.FromResult(true);
            }
        );
        Assert.True(isAccepted);
        return isKept;
    }

    private sealed class RecordingAttempts : IAttempts
    {
        public List<string> Keys { get; } = [];

        public ValueTask<AttemptPlace> BeginAsync(AttemptRule rule, string key)
        {
            Keys.Add(key);
            return ValueTask.FromResult(AttemptPlace.Given);
        }

        public ValueTask SettleAsync(AttemptRule rule, string key, bool counts) => ValueTask.CompletedTask;
    }
}
