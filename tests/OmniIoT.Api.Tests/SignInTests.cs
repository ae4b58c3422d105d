using System.Net;

namespace OmniIoT.Api.Tests;

/// <summary>Passwords are counted before they are verified.</summary>
public sealed class SignInTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task Of_many_guesses_at_once_ten_are_tried_and_the_others_at_the_same_address_sign_in()
    {
        await host.PutAsync("agents/guessed", """{"role":"agent","password":"correct horse"}""");
        await host.PutAsync("agents/neighbour", """{"role":"agent","password":"correct horse"}""");

        Answer[] guesses = await Task.WhenAll(Enumerable.Range(0, 80).Select(i => SignInAsync("guessed", $"guess {i}")));
        Answer late = await SignInAsync("guessed", "correct horse");
        Answer neighbour = await SignInAsync("neighbour", "correct horse");

        Assert.Equal(10, guesses.Count(guess => guess.Status == HttpStatusCode.Unauthorized));
        Assert.Equal(70, guesses.Count(guess => guess.Status == HttpStatusCode.TooManyRequests));
        Assert.Equal(HttpStatusCode.TooManyRequests, late.Status);
        Assert.Equal(HttpStatusCode.OK, neighbour.Status);
    }

    [Fact]
    public async Task Right_passwords_are_not_counted()
    {
        await host.PutAsync("agents/often", """{"role":"agent","password":"correct horse"}""");

        for (int i = 0; i < 12; i++)
            Assert.Equal(HttpStatusCode.OK, (await SignInAsync("often", "correct horse")).Status);
    }

    private Task<Answer> SignInAsync(string user, string password) =>
        host.PostAsync("session", $$"""{"user":"{{user}}","password":"{{password}}"}""");
}
