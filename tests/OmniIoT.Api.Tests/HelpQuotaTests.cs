using System.Net;

namespace OmniIoT.Api.Tests;

/// <summary>What a reader of the help pages may take, who is not known.</summary>
public sealed class HelpQuotaTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Leak = """{"title":"The washer leaks","body":"Tighten the hose.","status":"published"}""";

    [Fact]
    public async Task No_one_reader_speaks_for_all()
    {
        await host.PutAsync("articles/praised", Leak);
        using FormUrlEncodedContent yes = new([KeyValuePair.Create("helped", "yes")]);

        for (int i = 0; i < 30; i++)
            (await host.Http.PostAsync("/help/en/praised/feedback", yes)).Dispose();

        Assert.InRange((int)(await host.GetAsync("articles/praised/feedback")).Json!["helped"]!, 1, 20);
    }

    [Fact]
    public async Task Searching_without_end_is_told_to_wait_and_reading_goes_on()
    {
        await host.PutAsync("articles/found", Leak);
        List<HttpStatusCode> answers = [];
        for (int i = 0; i < 130 || (answers[^1] == HttpStatusCode.OK && i < 500); i++)
        {
            using HttpResponseMessage answer = await host.Http.GetAsync("/help/en?q=washer+leaks");
            answers.Add(answer.StatusCode);
            Assert.Equal(answer.StatusCode == HttpStatusCode.TooManyRequests, answer.Headers.RetryAfter is not null);
        }
        using HttpResponseMessage list = await host.Http.GetAsync("/help/en/found");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (answers[0], answers[^1]));
        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
    }
}
