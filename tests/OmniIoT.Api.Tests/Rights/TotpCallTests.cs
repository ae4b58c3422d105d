using System.Net;
using System.Text.Json.Nodes;
using OmniIoT.Api.Access.SecondFactor;
using OmniIoT.Devices.Time;

namespace OmniIoT.Api.Tests.Rights;

/// <summary>Whoever has a second factor signs in with both.</summary>
public sealed class TotpCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Password = "correct horse battery";
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    [Fact]
    public async Task A_sign_in_asks_for_a_code_once_it_was_confirmed()
    {
        using HttpClient agent = await BeginAsync("careful");
        Answer begun = await SendAsync(agent, HttpMethod.Post, "me/totp");
        string secret = (string)begun.Json!["secret"]!;
        long step = StepNow();

        Assert.Equal(HttpStatusCode.Created, begun.Status);
        Assert.Equal($"otpauth://totp/OmniIoT:careful?secret={secret}&issuer=OmniIoT", (string?)begun.Json["uri"]);
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync("careful")).Status);

        Answer wrong = await SendAsync(agent, HttpMethod.Post, "me/totp/confirm", Confirmation("abc"));
        Answer without = await SendAsync(agent, HttpMethod.Post, "me/totp/confirm", Code(CodeOf(secret, step)));
        Answer stolen = await SendAsync(
            agent,
            HttpMethod.Post,
            "me/totp/confirm",
            Confirmation(CodeOf(secret, step), "a guess of a thief")
        );
        Answer confirmed = await SendAsync(agent, HttpMethod.Post, "me/totp/confirm", Confirmation(CodeOf(secret, step)));
        string recovery = (string)confirmed.Json!["codes"]![0]!;

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/code"), (wrong.Status, wrong.Pointer));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/password"), (without.Status, without.Pointer));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/password"), (stolen.Status, stolen.Pointer));
        Assert.Equal((HttpStatusCode.Unauthorized, "codeRequired"), ReasonOf(await SignInAsync("careful")));
        Assert.Equal((HttpStatusCode.Unauthorized, "codeWrong"), ReasonOf(await SignInAsync("careful", CodeOf(secret, step))));
        Assert.Equal((HttpStatusCode.Unauthorized, null), ReasonOf(await SignInAsync("careful", recovery, "wrong password")));
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync("careful", CodeOf(secret, step + 1))).Status);
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync("careful", recovery)).Status);
        Assert.Equal((HttpStatusCode.Unauthorized, "codeWrong"), ReasonOf(await SignInAsync("careful", recovery)));
        Assert.Equal("""{"set":true,"recoveryCodesLeft":9}""", (await SendAsync(agent, HttpMethod.Get, "me/totp")).Text);
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(agent, HttpMethod.Post, "me/totp")).Status);
    }

    [Fact]
    public async Task It_ends_by_a_code_or_by_whoever_looks_after_people()
    {
        using HttpClient agent = await BeginAsync("switching");
        IReadOnlyList<string> codes = await TurnOnAsync(agent);

        Answer without = await SendAsync(agent, HttpMethod.Delete, "me/totp", """{"code":"000000000"}""");
        Answer ended = await SendAsync(agent, HttpMethod.Delete, "me/totp", Code(codes[0]));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/code"), (without.Status, without.Pointer));
        Assert.Equal(HttpStatusCode.NoContent, ended.Status);
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync("switching")).Status);

        await TurnOnAsync(agent);
        Assert.Equal("codeRequired", ReasonOf(await SignInAsync("switching")).Reason);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(agent, HttpMethod.Delete, "agents/switching/totp")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await host.DeleteAsync("agents/switching/totp")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync("switching")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.DeleteAsync("agents/switching/totp")).Status);
    }

    [Fact]
    public async Task Guessed_codes_are_counted()
    {
        using HttpClient agent = await BeginAsync("hunted");
        await TurnOnAsync(agent);

        List<HttpStatusCode> answers = [];
        for (int i = 0; i < 11; i++)
            answers.Add((await SignInAsync("hunted", "guess" + i)).Status);

        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        Assert.All(answers.Take(10), status => Assert.Equal(HttpStatusCode.Unauthorized, status));
    }

    private static (HttpStatusCode Status, string? Reason) ReasonOf(Answer answer) => (answer.Status, (string?)answer.Json!["reason"]);

    private static string Code(string code) => new JsonObject { ["code"] = code }.ToJsonString();

    private static string Confirmation(string code, string password = Password) =>
        new JsonObject { ["code"] = code, ["password"] = password }.ToJsonString();

    private static long StepNow() => Totp.StepOf(Instant.FromTime(TimeProvider.System.GetUtcNow()));

    private static string CodeOf(string secret, long step) => Totp.CodeOf(Decode(secret), step);

    private static byte[] Decode(string base32)
    {
        string bits = string.Concat(base32.Select(letter => Convert.ToString(Alphabet.IndexOf(letter), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    private static async Task<IReadOnlyList<string>> TurnOnAsync(HttpClient agent)
    {
        string secret = (string)(await SendAsync(agent, HttpMethod.Post, "me/totp")).Json!["secret"]!;
        Answer confirmed = await SendAsync(agent, HttpMethod.Post, "me/totp/confirm", Confirmation(CodeOf(secret, StepNow())));
        return [.. confirmed.Json!["codes"]!.AsArray().Select(code => (string)code!)];
    }

    private async Task<HttpClient> BeginAsync(string agent)
    {
        Assert.True((await host.PutAsync($"agents/{agent}", $$"""{"role":"agent","password":"{{Password}}"}""")).IsSuccess);
        return host.ClientWith((string)(await SignInAsync(agent)).Json!["token"]!);
    }

    private Task<Answer> SignInAsync(string agent, string? code = null, string password = Password)
    {
        JsonObject body = new() { ["user"] = agent, ["password"] = password };
        if (code is not null)
            body["code"] = code;
        return host.PostAsync("session", body.ToJsonString());
    }

    private static Task<Answer> SendAsync(HttpClient http, HttpMethod method, string path, string? json = null) =>
        RunningHost.SendAsync(http, method, path, json);
}
