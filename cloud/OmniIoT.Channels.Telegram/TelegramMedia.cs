using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Telegram;

/// <summary>Gets files that people sent to a bot: <c>getFile</c> says where one lies (core.telegram.org/bots/api#getfile).</summary>
public sealed class TelegramMedia(ProviderClient provider) : IMediaSource
{
    public string Type => ChannelKinds.Telegram;

    public async ValueTask<FetchedFile> FetchAsync(Channel channel, string reference, MediaPlace place, CancellationToken cancellationToken)
    {
        TelegramBot bot = new(provider, channel);
        ProviderAnswer answer = await bot.CallAsync("getFile", new JsonObject { ["file_id"] = reference }, cancellationToken);
        if (!answer.IsSuccess)
            return FetchedFile.Missing(answer.Why);
        if (JsonSerializer.SerializeToElement(answer.Json).TextAt("result", "file_path") is not { } path)
            return FetchedFile.Missing("the provider does not say where it lies");
        using HttpRequestMessage request = new(HttpMethod.Get, bot.FileAddress(path));
        return await provider.FetchAsync(request, place, cancellationToken);
    }
}
