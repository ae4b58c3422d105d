using System.Net;

namespace OmniIoT.Api.Tests;

/// <summary>What two readers of a body would understand in two ways, or one not at all, is refused by every call with its place.</summary>
public sealed class AmbiguousJsonTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Half = @"\ud800";

    public static TheoryData<string, string> Calls =>
        new()
        {
            { "PUT", "models/twice" },
            { "PUT", "devices/twice" },
            { "PUT", "customers/twice" },
            { "PUT", "sites/twice" },
            { "PUT", "fences/twice" },
            { "PUT", "campaigns/twice" },
            { "PUT", "queues/twice" },
            { "PUT", "flows/twice" },
            { "PUT", "bots/twice" },
            { "PUT", "channels/twice" },
            { "PUT", "webhooks/twice" },
            { "PUT", "integrations/twice" },
            { "PUT", "enrollments/twice" },
            { "PUT", "roles/twice" },
            { "PUT", "agents/twice" },
            { "PATCH", "devices/seeded/twin/desired" },
            { "POST", "devices/seeded/commands" },
            { "POST", "devices/seeded/messages" },
            { "POST", "customers/seeded/timeline" },
            { "POST", "cases" },
            { "POST", "names" },
        };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_member_that_stands_twice_is_refused(string method, string path)
    {
        Answer answer = await SendAsync(method, path, "{\"a\":{},\n \"a\":1}");

        AssertRefused(answer, line: 2, column: 2, "The member 'a' stands twice.");
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task So_is_half_a_character_in_a_name(string method, string path)
    {
        Answer answer = await SendAsync(method, path, $"{{\"{Half}\":1}}");

        AssertRefused(answer, line: 1, column: 2, "A text has a byte or an escape that is no character.");
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task And_half_a_character_in_a_value_however_deep(string method, string path)
    {
        Answer answer = await SendAsync(method, path, $"{{\"data\":[{{\"x\":\"{Half}\"}}]}}");

        AssertRefused(answer, line: 1, column: 15, "A text has a byte or an escape that is no character.");
    }

    [Theory]
    [InlineData("""{"name":"Leyla","name":"Aygun"}""")]
    [InlineData("""{"name":"Leyla","\ud800":1}""")]
    [InlineData("""{"name":"\ud800"}""")]
    public async Task The_chat_refuses_both_as_well(string json)
    {
        using HttpClient visitor = host.ClientWith(null);

        Answer answer = await RunningHost.SendAsync(visitor, HttpMethod.Post, "/chat/api/visitors", json);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
    }

    [Fact]
    public async Task One_name_in_two_objects_is_no_repetition()
    {
        await host.SeedWasherAsync("seeded", "seeded");

        Answer answer = await SendAsync(
            "PATCH",
            "devices/seeded/twin/desired",
            """{"a":{"x":1,"b":{"x":2}},"b":{"x":3},"c":"\ud83d\ude00"}"""
        );

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("😀", (string?)answer.Json!["desired"]!["c"]);
    }

    private async Task<Answer> SendAsync(string method, string path, string json)
    {
        await host.SeedWasherAsync("seeded", "seeded");
        return await host.SendAsync(new HttpMethod(method), path, json);
    }

    private static void AssertRefused(Answer answer, int line, int column, string message)
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal((line, column), ((int?)answer.Json!["errors"]![0]!["line"], (int?)answer.Json["errors"]![0]!["column"]));
        Assert.Equal(message, (string?)answer.Json["errors"]![0]!["message"]);
    }
}
