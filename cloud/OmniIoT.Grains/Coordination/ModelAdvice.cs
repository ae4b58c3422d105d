using OmniIoT.Domain.Answers.Bots;
using OmniIoT.Domain.Answers.Models;
using OmniIoT.Domain.Desk;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Desk;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Coordination;

/// <summary>Asks the language model what a bot does not know, beside all that goes on, and brings what it says to the talk.</summary>
public sealed class ModelAdvice(
    IBotModel model,
    ICatalog catalog,
    IConversationQueries conversations,
    IDeviceQueries devices,
    IAlarmQueries alarms,
    IGrains grains,
    TimeProvider time
)
{
    public async Task AskAsync(ModelAsked asked, CancellationToken cancellationToken)
    {
        // Whoever wrote again is asked about anew, with what they wrote before.
        Conversation? talk = await conversations.FindAsync(asked.ConversationId, cancellationToken);
        if (talk?.Bot?.AsksModelOf?.MessageId != asked.MessageId)
            return;
        IReadOnlyList<DeviceReport> reports = await DeviceReports.OfAsync(asked.CustomerId, devices, alarms, cancellationToken);
        BotQuestion question = new(asked.Text, asked.Locale) { Devices = reports, Now = time.Now() };
        ModelAnswer? answer = await model.AskAsync(ModelQuestion.Of(catalog.Answers, question), cancellationToken);
        await grains.Customer(talk.CustomerId).TakeModelAnswerAsync(new ModelAnswered(asked, answer, reports));
    }
}
