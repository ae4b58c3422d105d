using System.Text.Json;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Tests.Answers;

/// <summary>What is kept of a question that nothing answered: nothing of who asked, and never more than there is room for.</summary>
public sealed class GapTests
{
    [Theory]
    [InlineData("my name is Leyla Əliyeva and it leaks", "my name is and it leaks")]
    [InlineData("LEYLA here, it leaks", "here, it leaks")]
    [InlineData("call +994 50 123 45 67 it leaks", "call it leaks")]
    [InlineData("leyla@example.com it leaks", "it leaks")]
    public void Nothing_that_tells_who_asked_is_kept(string question, string kept) => Assert.Equal(kept, Read(Note(question)!).Question);

    [Fact]
    public void Where_nothing_is_left_nothing_is_kept() => Assert.Null(Note("Leyla ƏLİYEVA 0501234567"));

    [Fact]
    public void The_same_words_are_one_whatever_their_case() =>
        Assert.Equal(Note("Who painted the MOON?")!.Id, Note("who painted the moon")!.Id);

    [Fact]
    public void However_many_are_asked_no_more_are_kept_than_there_are_places()
    {
        HashSet<string> kept = [];
        for (int i = 0; i < 200_000; i++)
            kept.Add(
                Note("moon " + new string([.. i.ToString("X5").Select(static digit => (char)('a' + Convert.ToInt32($"{digit}", 16)))]))!.Id
            );

        Assert.InRange(kept.Count, 50_000, 65_536);
    }

    private static PutDocument? Note(string question) => Gap.Note(question, "en", Instant.FromTime(default), Gap.OfBot, "Leyla Əliyeva");

    private static Gap Read(PutDocument note) => JsonSerializer.Deserialize<Gap>(note.Json.Span, OmniJson.Options)!;
}
