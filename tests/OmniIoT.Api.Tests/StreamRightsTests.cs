using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests;

/// <summary>What is long open shows nothing more to whom has lost the right to see it.</summary>
public sealed class StreamRightsTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Theory]
    [InlineData("deleted")]
    [InlineData("password")]
    [InlineData("role")]
    public async Task The_stream_of_an_agent_ends_with_the_account_the_password_or_the_role(string what)
    {
        string agent = $"agents/watching-{what}";
        await host.PutAsync(agent, """{"role":"agent","password":"correct horse"}""");
        Answer session = await host.PostAsync("session", $$"""{"user":"watching-{{what}}","password":"correct horse"}""");
        await host.PutAsync($"customers/seen-{what}", """{"name":"Seen"}""");
        using EventReader stream = await OpenAsync((string)session.Json!["token"]!, $"stream?customerId=seen-{what}");
        await NoteAsync($"seen-{what}");
        await stream.NextAsync("note.added");

        Answer change = what switch
        {
            "deleted" => await host.DeleteAsync(agent),
            "password" => await host.PutAsync(agent, """{"role":"agent","password":"another horse"}"""),
            _ => await host.PutAsync(agent, """{"role":"technician"}"""),
        };
        Assert.True(change.IsSuccess);
        await NoteAsync($"seen-{what}");

        Assert.Empty(await stream.NamesUntilEndAsync());
    }

    [Fact]
    public async Task The_stream_of_an_app_ends_with_its_token()
    {
        await host.PutAsync("customers/rotating", """{"name":"Rotating"}""");
        using EventReader stream = await OpenAsync(await TokenAsync("rotating"), "stream?customerId=rotating&kinds=call.started");

        await TokenAsync("rotating");
        using EventReader renewed = await OpenAsync(await TokenAsync("rotating"), "stream?customerId=rotating&kinds=case.opened");
        await host.PostAsync("cases", """{"customerId":"rotating","title":"It leaks"}""");
        await renewed.NextAsync("case.opened");
        await host.PostAsync("customers/rotating/timeline", """{"kind":"call.started","title":"rang"}""");

        Assert.Empty(await stream.NamesUntilEndAsync());
    }

    [Fact]
    public async Task The_stream_of_an_app_ends_when_the_customer_it_watches_is_somebody_else_again()
    {
        await host.PutAsync("customers/apart-a", """{"name":"A"}""");
        await host.PutAsync("customers/apart-b", """{"name":"B"}""");
        string token = await TokenAsync("apart-b");
        await host.PostAsync("customers/apart-a/merge", """{"from":"apart-b"}""");
        using EventReader stream = await OpenAsync(token, "stream?customerId=apart-a&kinds=case.opened");
        await host.PostAsync("cases", """{"customerId":"apart-a","title":"Seen by both"}""");
        await stream.NextAsync("case.opened");

        Assert.True((await host.PostAsync("customers/apart-a/unmerge", """{"from":"apart-b"}""")).IsSuccess);
        await host.PostAsync("cases", """{"customerId":"apart-a","title":"Seen by one"}""");

        Assert.Empty(await stream.NamesUntilEndAsync());
    }

    [Fact]
    public async Task What_a_chat_got_for_an_app_token_ends_with_it()
    {
        await host.PutAsync("customers/chatting", """{"name":"Chatting"}""");
        string app = await TokenAsync("chatting");
        Answer visitor = await host.SendAsync(HttpMethod.Post, "/chat/api/visitors", $$"""{"token":"{{app}}"}""");
        string token = (string)visitor.Json!["token"]!;
        using HttpClient chat = host.ClientWith(token);
        Assert.True((await RunningHost.SendAsync(chat, HttpMethod.Post, "/chat/api/messages", """{"text":"hello"}""")).IsSuccess);

        await TokenAsync("chatting");

        Answer late = await RunningHost.SendAsync(chat, HttpMethod.Get, "/chat/api/messages", null);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, late.Status);
    }

    [Fact]
    public async Task A_visitor_of_an_erased_customer_is_nobody()
    {
        Answer visitor = await host.SendAsync(HttpMethod.Post, "/chat/api/visitors", """{"name":"Passing"}""");
        using HttpClient chat = host.ClientWith((string)visitor.Json!["token"]!);
        await RunningHost.SendAsync(chat, HttpMethod.Post, "/chat/api/messages", """{"text":"hello"}""");
        string customer = (string)(await host.GetAsync("customers?q=Passing")).Items[0]!["id"]!;

        Assert.True((await host.DeleteAsync($"customers/{customer}")).IsSuccess);

        Answer late = await RunningHost.SendAsync(chat, HttpMethod.Get, "/chat/api/messages", null);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, late.Status);
    }

    private async Task<string> TokenAsync(string customer) =>
        (string)(await host.PostAsync($"customers/{customer}/app-token")).Json!["token"]!;

    private async Task NoteAsync(string customer) =>
        Assert.True((await host.PostAsync($"customers/{customer}/timeline", """{"title":"noted"}""")).IsSuccess);

    private async Task<EventReader> OpenAsync(string token, string path) =>
        await Awaited.Within(EventReader.OpenAsync(host.ClientWith(token), "/api/v1/" + path, null), "open stream");
}
