using System.Text.Json;
using OmniIoT.Domain.Systems;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Tests.Systems;

public sealed class IntegrationReaderTests
{
    [Fact]
    public void An_integration_is_read_as_it_was_written()
    {
        Integration desk = Read(
            """
            {"type":"zendesk","endpoint":"https://shop.zendesk.com/","credentials":{"user":"a@b","token":"t"},"secret":"s",
            "queues":["washers"],"pollSeconds":60}
            """
        ).Value!;

        Assert.Equal(
            ("zendesk", "https://shop.zendesk.com", "a@b", "t", "s", 60),
            (
                desk.Type,
                desk.Endpoint,
                (string?)desk.Credentials["user"],
                (string?)desk.Credentials["token"],
                (string?)desk.Secret,
                desk.PollSeconds
            )
        );
        Assert.True(desk.Has("washers"));
        Assert.False(desk.Has("support"));
    }

    [Fact]
    public void What_is_not_said_is_usual()
    {
        Integration desk = Read("""{"type":"freshdesk","endpoint":"https://shop.freshdesk.com","credentials":{"apiKey":"k"}}""").Value!;

        Assert.Equal((30, null), (desk.PollSeconds, desk.Secret));
        Assert.True(desk.Has("any"));
    }

    [Theory]
    [InlineData("""{"endpoint":"https://a.example","credentials":{"user":"u","token":"t"}}""", "/type")]
    [InlineData("""{"type":"jira","endpoint":"https://a.example","credentials":{"user":"u","token":"t"}}""", "/type")]
    [InlineData("""{"type":"zendesk","credentials":{"user":"u","token":"t"}}""", "/endpoint")]
    [InlineData("""{"type":"zendesk","endpoint":"http://192.168.1.1","credentials":{"user":"u","token":"t"}}""", "/endpoint")]
    [InlineData("""{"type":"zendesk","endpoint":"https://a.example"}""", "/credentials")]
    [InlineData("""{"type":"zendesk","endpoint":"https://a.example","credentials":{"user":"u"}}""", "/credentials/token")]
    [InlineData("""{"type":"zendesk","endpoint":"https://a.example","credentials":{"apiKey":"k"}}""", "/credentials/apiKey")]
    [InlineData("""{"type":"freshdesk","endpoint":"https://a.example","credentials":{"token":"t"}}""", "/credentials/apiKey")]
    [InlineData("""{"type":"freshdesk","endpoint":"https://a.example","credentials":{"apiKey":"k"},"pollSeconds":-1}""", "/pollSeconds")]
    [InlineData("""{"type":"freshdesk","endpoint":"https://a.example","credentials":{"apiKey":"k"},"polls":1}""", "/polls")]
    public void What_is_wrong_is_said_with_its_place(string json, string pointer) =>
        Assert.Contains(Read(json).Mistakes, mistake => mistake.Pointer == pointer);

    private static DocumentReading<Integration> Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return IntegrationReader.Read("desk", document.RootElement, allowsPrivate: false);
    }
}
