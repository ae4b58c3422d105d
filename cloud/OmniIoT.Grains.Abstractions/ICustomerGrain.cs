using OmniIoT.Domain.Answers.Models;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Timeline;
using OmniIoT.Domain.Voice;

namespace OmniIoT.Grains.Abstractions;

/// <summary>One customer; the key is the id that the customer was created with, also after a merge.</summary>
public interface ICustomerGrain : ICaseGrain
{
    /// <summary>Creates or replaces the customer.</summary>
    Task<Reply<CustomerStored>> PutAsync(PutCustomerData request);

    /// <summary>Erases all that is stored of the customer.</summary>
    Task<Reply<bool>> RemoveAsync();

    /// <summary>Gives a new app token; the old one ends.</summary>
    Task<Reply<string>> RotateTokenAsync();

    Task<Reply<TimelineEntry>> AddTimelineEntryAsync(AddTimelineEntry request);

    /// <summary>The same order again changes nothing.</summary>
    Task<Reply<TimelineEntry>> AddPurchaseAsync(AddPurchase request);

    Task<Reply<Offer>> RedeemOfferAsync(RedeemOffer request);

    Task<Reply<Offer>> OpenOfferAsync(OpenOffer request);

    /// <summary>The same external id on the same channel again changes nothing, and is answered as it is stored.</summary>
    Task<Reply<MessageStored>> ReceiveMessageAsync(ReceiveMessage request);

    Task<Reply<MessageStored>> PostMessageAsync(PostMessage request);

    Task<Reply<MessageStored>> StartConversationAsync(StartConversation request);

    /// <summary>What a channel tells of a message; false when that changes nothing.</summary>
    Task<Reply<bool>> ReportMessageAsync(MessageReport report);

    Task<Reply<Conversation>> ChangeConversationAsync(ChangeConversation request);

    Task<Reply<Conversation>> TransferConversationAsync(TransferConversation request);

    Task<Reply<Conversation>> AbsorbConversationAsync(AbsorbConversation request);

    Task<Reply<Conversation>> JoinConversationAsync(JoinConversation request);

    /// <summary>Does what a macro or a trigger says, all or nothing.</summary>
    Task<Reply<Conversation>> ActOnConversationAsync(ActOnConversation request);

    /// <summary>Tells what its customer was promised and is nearly due or overdue.</summary>
    Task<Reply<Conversation>> CheckConversationAsync(CheckConversation request);

    Task<Reply<Conversation>> RouteConversationAsync(RouteConversation request);

    /// <summary>What a caller hears next; the same turn again is answered the same and changes nothing.</summary>
    Task<Reply<CallAnswer>> TakeCallAsync(TakeCall request);

    /// <summary>What becomes of a call; false when that changes nothing.</summary>
    Task<Reply<bool>> TellCallAsync(CallNews news);

    /// <summary>Who called goes on in the web chat; false when they are there already, or nothing was said.</summary>
    Task<Reply<bool>> ContinueInChatAsync();

    /// <summary>A browser of theirs may be told things.</summary>
    Task<Reply<bool>> SubscribePushAsync(SubscribePush request);

    /// <summary>A browser is told nothing any more; false when it was not anyhow.</summary>
    Task<Reply<bool>> EndPushAsync(EndPush request);

    Task<Reply<CallBack>> CompleteCallBackAsync(CompleteCallBack request);

    /// <summary>Makes another customer one person with this one, who survives.</summary>
    Task<Reply<Customer>> MergeAsync(MergeCustomer request);

    Task<Reply<Customer>> UnmergeAsync(UnmergeCustomer request);

    /// <summary>A scanner heard a tag that the customer carries.</summary>
    Task<Reply<bool>> TakeSightingAsync(TagSighted sighted);

    /// <summary>A device of theirs has something to tell them; asked of who answers for the person.</summary>
    Task<Reply<bool>> TakeNoticeAsync(NoticeDue notice);

    /// <summary>Another customer who is the same person asked to be left alone; asked of who answers for the person.</summary>
    Task<Reply<bool>> TakeWithdrawalAsync(ConsentWithdrawn withdrawn);

    /// <summary>A case of theirs was resolved; asked of who has the talk with the person.</summary>
    Task<Reply<bool>> TakeCaseEndAsync(CaseEnded ended);

    /// <summary>A promise of another customer who is the same person; asked of who has the talk with the person.</summary>
    Task<Reply<bool>> TakeCallBackAsync(CallBackHandedOn handed);

    /// <summary>What a language model says to the customer's words.</summary>
    Task<Reply<bool>> TakeModelAnswerAsync(ModelAnswered answered);

    /// <summary>An answer on the page of a question.</summary>
    Task<Reply<SurveyRequest>> AnswerSurveyAsync(AnswerSurvey request);

    /// <summary>An app of another customer who is the same person has an offer that was made to this one.</summary>
    Task<Reply<bool>> TakeReceiptAsync(OfferReceived received);
}
