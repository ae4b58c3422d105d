using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OmniIoT.Ports.Desk;

namespace OmniIoT.LanguageModel;

public static class LanguageModelServices
{
    /// <summary>Has bots ask a language model what they do not know.</summary>
    public static IServiceCollection AddLanguageModel(this IServiceCollection services, LanguageModelOptions options) =>
        services.AddSingleton<IBotModel>(provider => new ChatModel(
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ChatModel>>()
        ));
}
