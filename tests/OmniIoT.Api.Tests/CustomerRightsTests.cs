using System.Net;

namespace OmniIoT.Api.Tests;

/// <summary>What is said of a person, and taken out of the house, is not for everybody.</summary>
public sealed class CustomerRightsTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Theory]
    [InlineData("consent.changed")]
    [InlineData("offer.redeemed")]
    [InlineData("alarm.raised")]
    [InlineData("identity.merged")]
    public async Task What_the_platform_witnesses_nobody_else_reports(string kind)
    {
        await host.PutAsync("customers/witnessed", """{"name":"W"}""");

        Answer answer = await host.PostAsync(
            "customers/witnessed/timeline",
            $$"""{"kind":"{{kind}}","title":"x","at":"2020-01-01T00:00:00Z"}"""
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("/kind", answer.Pointer);
    }

    [Fact]
    public async Task A_technician_neither_writes_on_a_timeline_nor_takes_out_what_is_stored_of_a_customer()
    {
        await host.PutAsync("customers/private", """{"name":"P"}""");
        await host.PutAsync("agents/tech", """{"role":"technician","password":"correct horse"}""");
        Answer session = await host.PostAsync("session", """{"user":"tech","password":"correct horse"}""");
        using HttpClient tech = host.ClientWith((string)session.Json!["token"]!);

        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await RunningHost.SendAsync(tech, HttpMethod.Post, "customers/private/timeline", """{"text":"x"}""")).Status
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await RunningHost.SendAsync(tech, HttpMethod.Get, "customers/private/export", null)).Status
        );
        Assert.Equal(HttpStatusCode.OK, (await RunningHost.SendAsync(tech, HttpMethod.Get, "customers/private/timeline", null)).Status);
    }

    [Fact]
    public async Task An_app_takes_out_its_own()
    {
        await host.PutAsync("customers/mine", """{"name":"M"}""");
        string token = (string)(await host.PostAsync("customers/mine/app-token")).Json!["token"]!;
        using HttpClient app = host.ClientWith(token);

        Assert.Equal(HttpStatusCode.OK, (await RunningHost.SendAsync(app, HttpMethod.Get, "customers/mine/export", null)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await RunningHost.SendAsync(app, HttpMethod.Get, "customers/private/export", null)).Status);
    }
}
