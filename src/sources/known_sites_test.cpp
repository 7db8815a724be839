#include "sources/known_sites.h"

#include <gtest/gtest.h>

namespace tidings::sources {
namespace {

TEST(KnownFeeds, AreToldFromTheAddress) {
  struct Case {
    std::string_view address, first;  // empty: no rule knows it
    std::size_t count = 1;
  };
  for (const Case& one : std::vector<Case>{
           {"https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"},
           {"https://m.youtube.com/channel/UCabcdefghijklmnopqrstuv/videos",
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"},
           {"https://youtube.com/playlist?list=PL123",
            "https://www.youtube.com/feeds/videos.xml?playlist_id=PL123"},
           {"https://www.youtube.com/watch?v=x&list=PL123",
            "https://www.youtube.com/feeds/videos.xml?playlist_id=PL123"},
           {"https://www.youtube.com/user/name",
            "https://www.youtube.com/feeds/videos.xml?user=name"},
           {"https://www.youtube.com/@handle", "", 0},
           {"https://www.youtube.com/c/name", "", 0},
           {"https://github.com/owner/repo", "https://github.com/owner/repo/releases.atom", 3},
           {"https://github.com/owner/repo.git", "https://github.com/owner/repo/releases.atom", 3},
           {"https://github.com/owner/repo/commits/main/src",
            "https://github.com/owner/repo/commits/main/src.atom"},
           {"https://github.com/owner/repo/tags", "https://github.com/owner/repo/tags.atom"},
           {"https://github.com/owner", "https://github.com/owner.atom"},
           {"https://github.com/orgs/name/repositories", "https://github.com/name.atom"},
           {"https://github.com/features", "", 0},
           {"https://github.com/", "", 0},
           {"https://gitlab.com/group/sub/project/-/tree/main",
            "https://gitlab.com/group/sub/project/-/releases.atom", 3},
           {"https://gitlab.com/name", "https://gitlab.com/name.atom"},
           {"https://codeberg.org/owner/repo", "https://codeberg.org/owner/repo/releases.rss", 2},
           {"https://www.reddit.com/r/worldnews/", "https://www.reddit.com/r/worldnews/.rss"},
           {"https://old.reddit.com/r/a+b/top/?t=week",
            "https://www.reddit.com/r/a+b/top/.rss?t=week"},
           {"https://reddit.com/u/name", "https://www.reddit.com/user/name/.rss"},
           {"https://reddit.com/user/name/m/multi",
            "https://www.reddit.com/user/name/m/multi/.rss"},
           {"https://www.reddit.com/search/?q=news", "https://www.reddit.com/search.rss?q=news"},
           {"https://www.reddit.com/r/x/search?q=a&restrict_sr=1",
            "https://www.reddit.com/r/x/search.rss?q=a&restrict_sr=1"},
           {"https://www.reddit.com/r/x/comments/abc/title/",
            "https://www.reddit.com/r/x/comments/abc/.rss"},
           {"https://www.reddit.com/", "https://www.reddit.com/.rss"},
           {"https://www.reddit.com/wiki/x", "", 0},
           {"https://medium.com/@name", "https://medium.com/feed/@name"},
           {"https://medium.com/publication/story-1", "https://medium.com/feed/publication"},
           {"https://medium.com/tag/science", "https://medium.com/feed/tag/science"},
           {"https://name.medium.com/story", "https://name.medium.com/feed"},
           {"https://name.substack.com/p/post", "https://name.substack.com/feed"},
           {"https://name.tumblr.com/", "https://name.tumblr.com/rss"},
           {"https://www.tumblr.com/name/tagged/cats", "https://name.tumblr.com/tagged/cats/rss"},
           {"https://name.wordpress.com/category/a/b/",
            "https://name.wordpress.com/category/a/b/feed/"},
           {"https://name.wordpress.com/2024/01/01/post/", "https://name.wordpress.com/feed/"},
           {"https://name.blogspot.com/2024/01/post.html",
            "https://name.blogspot.com/feeds/posts/default"},
           {"https://name.blogspot.co.uk/search/label/News",
            "https://name.blogspot.co.uk/feeds/posts/default/-/News"},
           {"https://vimeo.com/name", "https://vimeo.com/name/videos/rss"},
           {"https://vimeo.com/channels/staffpicks",
            "https://vimeo.com/channels/staffpicks/videos/rss"},
           {"https://vimeo.com/123456", "", 0},
           {"https://bsky.app/profile/name.bsky.social",
            "https://bsky.app/profile/name.bsky.social/rss"},
           {"https://mastodon.example/@ann", "https://mastodon.example/@ann.rss"},
           {"https://mastodon.example/@ann/tagged/news",
            "https://mastodon.example/@ann/tagged/news.rss"},
           {"https://mastodon.example/@bo@other.example", "https://other.example/@bo.rss"},
           {"https://mastodon.example/tags/news", "https://mastodon.example/tags/news.rss"},
           {"https://lemmy.example/c/world@other.example",
            "https://lemmy.example/feeds/c/world@other.example.xml?sort=New"},
           {"https://news.ycombinator.com/newest", "https://news.ycombinator.com/rss"},
           {"https://lobste.rs/t/web", "https://lobste.rs/t/web.rss"},
           {"https://stackoverflow.com/questions/tagged/c%2b%2b",
            "https://stackoverflow.com/feeds/tag/c%2b%2b"},
           {"https://physics.stackexchange.com/questions/123/title",
            "https://physics.stackexchange.com/feeds/question/123"},
           {"https://superuser.com/users/7/name", "https://superuser.com/feeds/user/7"},
           {"https://news.google.com/topics/CAAq?hl=en&gl=US",
            "https://news.google.com/rss/topics/CAAq?hl=en&gl=US"},
           {"https://news.google.com/search?q=climate",
            "https://news.google.com/rss/search?q=climate"},
           {"https://dev.to/t/cpp", "https://dev.to/feed/tag/cpp"},
           {"https://arxiv.org/list/cs.CL/recent", "https://rss.arxiv.org/rss/cs.CL"},
           {"https://en.wikipedia.org/wiki/News",
            "https://en.wikipedia.org/w/index.php?title=News&action=history&feed=atom"},
           {"https://www.pinterest.com/name/board/", "https://www.pinterest.com/name/board.rss"},
           {"https://www.dailymotion.com/name", "https://www.dailymotion.com/rss/user/name"},
           {"https://letterboxd.com/name/", "https://letterboxd.com/name/rss/"},
           {"https://www.tiktok.com/@name", "", 0},
           {"https://example.org/blog/", "", 0},
           {"https://notgithub.com/a/b", "", 0},
           {"https://github.com.evil.example/a/b", "", 0},
           {"nonsense", "", 0},
       }) {
    const std::vector<KnownFeed> feeds = known_feeds(one.address);
    ASSERT_EQ(feeds.size(), one.count) << one.address;
    if (one.count > 0) EXPECT_EQ(feeds[0].url, one.first) << one.address;
  }
}

TEST(KnownFeeds, AreToldFromThePage) {
  const std::string id = "UCabcdefghijklmnopqrstuv";
  const auto first = [](std::string_view address, std::string_view html) {
    const std::vector<KnownFeed> feeds = known_feeds_in_page(address, html);
    return feeds.empty() ? std::string() : feeds[0].url;
  };
  const std::string feed = "https://www.youtube.com/feeds/videos.xml?channel_id=" + id;
  EXPECT_EQ(first("https://www.youtube.com/@name",
                  "<script>{\"channelId\":\"UCshort\",\"externalId\":\"" + id + "\"}</script>"),
            feed);
  EXPECT_EQ(first("https://www.youtube.com/c/name",
                  "<link rel=\"canonical\" href=\"https://www.youtube.com/channel/" + id + "\">"),
            feed);
  EXPECT_EQ(first("https://soundcloud.com/name", "<meta content=\"soundcloud://users:42\">"),
            "https://feeds.soundcloud.com/users/soundcloud:users:42/sounds.rss");
  EXPECT_EQ(first("https://example.org/@name", "\"channelId\":\"" + id + "\""), "");
  EXPECT_EQ(first("https://www.youtube.com/@name", "\"channelId\":\"UC"), "");
}

}  // namespace
}  // namespace tidings::sources
