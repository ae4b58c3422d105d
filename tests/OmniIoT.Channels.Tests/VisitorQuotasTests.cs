using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Channels.WebChat;
using OmniIoT.TestKit.Security;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Channels.Tests;

public sealed class VisitorQuotasTests : IDisposable
{
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
        const string Page = "https://shop.example/filters";
        Visitor ann = new("ann");

        Assert.True(await _quotas.IsFirstLookAsync(ann, Page));
        Assert.False(await _quotas.IsFirstLookAsync(ann, Page));
        Assert.True(await _quotas.IsFirstLookAsync(ann, Page + "/large"));
        Assert.True(await _quotas.IsFirstLookAsync(new Visitor("bo"), Page));
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.True(await _quotas.IsFirstLookAsync(ann, Page));
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
}
