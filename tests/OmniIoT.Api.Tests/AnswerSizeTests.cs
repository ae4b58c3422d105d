using System.Net;

namespace OmniIoT.Api.Tests;

/// <summary>No refusal outgrows what it refuses.</summary>
public sealed class AnswerSizeTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Theory]
    [InlineData("customers/many")]
    [InlineData("campaigns/many")]
    [InlineData("models/many")]
    [InlineData("fences/many")]
    public async Task Many_mistakes_are_counted_and_the_first_twenty_told(string path)
    {
        string members = string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"wrong{i}\":{i}"));

        Answer answer = await host.PutAsync(path, $"{{{members}}}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.InRange(answer.Json!["errors"]!.AsArray().Count, 1, 20);
        Assert.Contains("these are the first 20.", (string?)answer.Json["detail"], StringComparison.Ordinal);
        Assert.InRange(answer.Text.Length, 1, members.Length);
    }
}
