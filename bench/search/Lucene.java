// Lucene as a peer of the search benchmark: the same pre-cut words, BM25, one thread. See bench/search/README.md for the files.
//
//   index   CORPUS INDEX            an index of one segment (and INDEX-5: of five); one JSON line
//   query   CORPUS INDEX [SEGMENTS [CLASS,…]]  a JSON line a query of CORPUS/queries.tsv; SEGMENTS is 1 or, without newest, 5
//   standing CORPUS QUERIES ARTICLES  each of that many articles as a MemoryIndex, and each query of the file asked of it;
//                                    a JSON line an article with what matched (lines of the file, from 0), and one in sum
//   add     CORPUS INDEX            100 documents added and committed, twenty times, on a copy that is thrown away

import java.io.*;
import java.lang.management.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import java.util.stream.*;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.index.memory.MemoryIndex;
import org.apache.lucene.search.*;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.*;

public final class Lucene {
  static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
  static final com.sun.management.OperatingSystemMXBean PROCESS =
      (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  static final int TOP = 10;
  static final int ADDED = 100, ADD_ROUNDS = 20;
  static final long WARM_NS = 4_000_000_000L, CLASS_NS = 20_000_000_000L;
  static final int ROUNDS_MIN = 3, ROUNDS_MAX = 11, WARM_ROUNDS_MAX = 300;

  // The index of the newest classes is kept in this order, so that they stop after ten.
  static final Sort NEWEST = new Sort(new SortField("number", SortField.Type.LONG, true));

  static FieldType text() {
    FieldType type = new FieldType();
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
    type.setTokenized(true);
    type.freeze();
    return type;
  }

  static final FieldType TEXT = text();

  // Feeds documents one by one; the words are cut by Lucene's whitespace analyzer, which is part of indexing for every peer.
  static final class Documents implements Closeable {
    final BufferedReader words, columns;
    final Field text = new Field("t", "", TEXT);
    final Field language = new StringField("language", "", Field.Store.NO);
    final Field source = new StringField("source", "", Field.Store.NO);
    final NumericDocValuesField number = new NumericDocValuesField("number", 0);
    final LongPoint when = new LongPoint("when", 0);
    final Document plain = new Document(), complete = new Document();
    long bytes = 0, count = 0;

    Documents(Path corpus) throws IOException {
      words = Files.newBufferedReader(corpus.resolve("corpus.txt"), StandardCharsets.US_ASCII);
      columns = Files.newBufferedReader(corpus.resolve("meta.tsv"));
      plain.add(text);
      for (IndexableField field : List.of(text, language, source, number, when)) complete.add(field);
    }

    // Null at the end. The words alone, or with the columns that newest-first and its filters need.
    Document next(boolean columnsToo) throws IOException {
      String line = words.readLine();
      if (line == null) return null;
      text.setStringValue(line);
      bytes += line.length() + 1;
      if (columnsToo) {
        String[] row = columns.readLine().split("\t", -1);
        when.setLongValue(Long.parseLong(row[0]));
        source.setStringValue(row[1]);
        language.setStringValue(row[3]);
        number.setLongValue(count);
      }
      count++;
      return columnsToo ? complete : plain;
    }

    public void close() throws IOException {
      words.close();
      columns.close();
    }
  }

  static IndexWriterConfig config() {
    IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
    config.setSimilarity(new BM25Similarity(1.2f, 0.75f));
    config.setRAMBufferSizeMB(256);
    config.setUseCompoundFile(false);
    config.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
    return config;
  }

  static long size(Path index) throws IOException {
    try (Stream<Path> files = Files.list(index)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  // CPU seconds of the process: with the collector's and the compiler's threads.
  static double[] build(Path corpus, Path index, IndexWriterConfig config, boolean columns, int merge) throws IOException {
    try (Documents documents = new Documents(corpus); Directory directory = MMapDirectory.open(index);
         IndexWriter writer = new IndexWriter(directory, config)) {
      long start = PROCESS.getProcessCpuTime();
      for (Document next; (next = documents.next(columns)) != null;) writer.addDocument(next);
      writer.commit();
      long committed = PROCESS.getProcessCpuTime();
      if (merge > 0) writer.forceMerge(merge);
      writer.commit();
      return new double[] {(committed - start) / 1e9, (PROCESS.getProcessCpuTime() - start) / 1e9, documents.bytes};
    }
  }

  static int lines(Path corpus) throws IOException {
    try (Stream<String> lines = Files.lines(corpus.resolve("corpus.txt"))) {
      return (int) lines.count();
    }
  }

  static Path beside(Path index, String what) {
    return index.resolveSibling(index.getFileName() + "-" + what);
  }

  static void index(Path corpus, Path index) throws IOException {
    double[] cold = build(corpus, index, config(), false, 0);
    double[] warm = build(corpus, index, config(), false, 1);  // the code is compiled now
    int part = (lines(corpus) + 4) / 5;
    IndexWriterConfig five = config().setMergePolicy(NoMergePolicy.INSTANCE).setMaxBufferedDocs(part);
    five.setRAMBufferSizeMB(IndexWriterConfig.DISABLE_AUTO_FLUSH);
    build(corpus, beside(index, "5"), five, false, 0);
    build(corpus, beside(index, "newest"), config().setIndexSort(NEWEST), true, 1);
    System.out.printf("{\"peer\":\"lucene\",\"what\":\"index\",\"bytes\":%.0f,\"cpu_s_cold\":%.3f,\"cpu_s\":%.3f,"
        + "\"cpu_s_merged\":%.3f,\"size\":%d,\"mb_per_cpu_s\":%.2f}%n",
        cold[2], cold[0], warm[0], warm[1], size(index), warm[2] / 1e6 / warm[0]);
  }

  // Whether a line of queries.tsv wants the newest, and what it asks.
  static final class Asked {
    final String group, written, filter;
    final boolean newest;
    final Query query;

    Asked(String line) {
      String[] columns = line.split("\t", -1);
      group = columns[0];
      written = columns[1];
      filter = columns[2];
      newest = group.startsWith("newest");
      Query words = parse(written);
      query = filter.isEmpty() ? words : new BooleanQuery.Builder().add(words, BooleanClause.Occur.MUST)
          .add(condition(filter), BooleanClause.Occur.FILTER).build();
    }

    static Query condition(String filter) {
      String name = filter.substring(0, filter.indexOf('=')), value = filter.substring(filter.indexOf('=') + 1);
      if (!name.equals("time")) return new TermQuery(new Term(name, value));
      String[] ends = value.split("\\.\\.");
      return LongPoint.newRangeQuery("when", Long.parseLong(ends[0]), Long.parseLong(ends[1]) - 1);
    }
  }

  static Query parse(String written) {
    if (written.startsWith("\"")) {
      String[] words = written.replace("\"", "").split(" ");
      return words.length == 1 ? new TermQuery(new Term("t", words[0])) : new PhraseQuery("t", words);
    }
    String[] words = written.split(" ");
    if (words.length == 1) return new TermQuery(new Term("t", words[0].replace("+", "")));
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (String word : words) {
      boolean must = word.startsWith("+");
      all.add(new TermQuery(new Term("t", must ? word.substring(1) : word)),
              must ? BooleanClause.Occur.MUST : BooleanClause.Occur.SHOULD);
    }
    return all.build();
  }

  static List<Asked> asked(Path corpus) throws IOException {
    try (Stream<String> lines = Files.lines(corpus.resolve("queries.tsv"))) {
      return lines.map(Asked::new).collect(Collectors.toList());
    }
  }

  static IndexSearcher searcher(Path index) throws IOException {
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(MMapDirectory.open(index)));
    searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
    searcher.setQueryCache(null);
    return searcher;
  }

  static TopDocs best(IndexSearcher searcher, Asked asked) throws IOException {
    TopDocsCollector<?> collector = asked.newest ? TopFieldCollector.create(NEWEST, TOP, TOP) : TopScoreDocCollector.create(TOP, TOP);
    searcher.search(asked.query, collector);
    return collector.topDocs();
  }

  static void report(IndexSearcher searcher, Asked asked, long[] times, int segments) throws IOException {
    Arrays.sort(times);
    TopDocs found = best(searcher, asked);
    StringBuilder top = new StringBuilder(), scores = new StringBuilder();
    for (ScoreDoc hit : found.scoreDocs) {
      String comma = top.length() == 0 ? "" : ",";
      top.append(comma).append(asked.newest ? number(searcher, hit.doc) : hit.doc);
      scores.append(comma).append(asked.newest ? "0" : Float.toString(hit.score));
    }
    System.out.printf("{\"peer\":\"lucene\",\"segments\":%d,\"class\":\"%s\",\"query\":\"%s\",\"filter\":\"%s\",\"cpu_us\":%.2f,"
        + "\"count\":%d,\"top\":[%s],\"scores\":[%s]}%n", segments, asked.group, asked.written.replace("\"", "\\\""), asked.filter,
        times[times.length / 2] / 1e3, searcher.count(asked.query), top, scores);
  }

  static long number(IndexSearcher searcher, int document) throws IOException {
    NumericDocValues numbers = MultiDocValues.getNumericValues(searcher.getIndexReader(), "number");
    numbers.advanceExact(document);
    return numbers.longValue();
  }

  static void warm(IndexSearcher searcher, List<Asked> queries) throws IOException {
    long start = THREAD.getCurrentThreadCpuTime();
    for (int round = 0; round < WARM_ROUNDS_MAX && THREAD.getCurrentThreadCpuTime() - start < WARM_NS; round++)
      for (Asked asked : queries) best(searcher, asked);
  }

  // Round by round over the class, as the other peers do it: no query finds its own postings in the nearest cache.
  static void measure(IndexSearcher searcher, List<Asked> queries, int segments) throws IOException {
    warm(searcher, queries);
    long[][] times = new long[queries.size()][ROUNDS_MAX];
    int rounds = 0;
    for (long spent = 0; rounds < ROUNDS_MAX && (rounds < ROUNDS_MIN || spent < CLASS_NS); rounds++) {
      for (int at = 0; at < queries.size(); at++) {
        long start = THREAD.getCurrentThreadCpuTime();
        best(searcher, queries.get(at));
        times[at][rounds] = THREAD.getCurrentThreadCpuTime() - start;
        spent += times[at][rounds];
      }
    }
    for (int at = 0; at < queries.size(); at++)
      report(searcher, queries.get(at), Arrays.copyOf(times[at], rounds), segments);
  }

  static void query(Path corpus, Path index, int segments, List<String> classes) throws IOException {
    IndexSearcher ranked = searcher(segments == 1 ? index : beside(index, "5"));
    Map<String, List<Asked>> groups = asked(corpus).stream()
        .filter(one -> classes.isEmpty() || classes.contains(one.group))
        .collect(Collectors.groupingBy(one -> one.group, LinkedHashMap::new, Collectors.toList()));
    for (List<Asked> queries : groups.values()) {
      if (!queries.get(0).newest) measure(ranked, queries, segments);
      else if (segments == 1) measure(searcher(beside(index, "newest")), queries, segments);
    }
  }

  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.collect(Collectors.toList()))
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  static void add(Path corpus, Path index) throws IOException {
    Path grown = beside(index, "grown");
    copy(index, grown);
    IndexWriterConfig config = config().setOpenMode(IndexWriterConfig.OpenMode.APPEND);
    double[] wall = new double[ADD_ROUNDS], cpu = new double[ADD_ROUNDS];
    try (Documents documents = new Documents(corpus); Directory directory = MMapDirectory.open(grown);
         IndexWriter writer = new IndexWriter(directory, config)) {
      DirectoryReader reader = DirectoryReader.open(directory);
      for (int round = 0; round < ADD_ROUNDS; round++) {
        long start = System.nanoTime(), spent = PROCESS.getProcessCpuTime();
        for (int at = 0; at < ADDED; at++) writer.addDocument(documents.next(false));
        writer.commit();
        reader = DirectoryReader.openIfChanged(reader);
        wall[round] = (System.nanoTime() - start) / 1e6;
        cpu[round] = (PROCESS.getProcessCpuTime() - spent) / 1e6;
      }
    }
    try (Stream<Path> files = Files.list(grown)) {
      for (Path file : files.collect(Collectors.toList())) Files.delete(file);
    }
    Files.delete(grown);
    Arrays.sort(wall);
    Arrays.sort(cpu);
    System.out.printf("{\"peer\":\"lucene\",\"what\":\"add\",\"documents\":%d,\"wall_ms\":%.2f,\"wall_ms_max\":%.2f,\"cpu_ms\":%.2f}%n",
        ADDED, wall[ADD_ROUNDS / 2], wall[ADD_ROUNDS - 1], cpu[ADD_ROUNDS / 2]);
  }

  // Standing queries have words to refuse beside those of other queries.
  static Query standingQuery(String written) {
    int refused = written.indexOf(" -");
    if (refused < 0) return parse(written);
    return new BooleanQuery.Builder().add(parse(written.substring(0, refused)), BooleanClause.Occur.MUST)
        .add(new TermQuery(new Term("t", written.substring(refused + 2))), BooleanClause.Occur.MUST_NOT).build();
  }

  static List<Integer> matching(MemoryIndex article, List<Query> queries) throws IOException {
    IndexSearcher searcher = article.createSearcher();
    searcher.setQueryCache(null);
    List<Integer> found = new ArrayList<>();
    for (int at = 0; at < queries.size(); at++) {
      TotalHitCountCollector hits = new TotalHitCountCollector();
      searcher.search(queries.get(at), hits);
      if (hits.getTotalHits() > 0) found.add(at);
    }
    return found;
  }

  static MemoryIndex memoryIndex(String article, Analyzer analyzer) {
    MemoryIndex index = new MemoryIndex();
    index.addField("t", article, analyzer);
    index.freeze();
    return index;
  }

  static void standing(Path corpus, Path file, int count) throws IOException {
    List<Query> queries = Files.lines(file).map(Lucene::standingQuery).collect(Collectors.toList());
    List<String> articles = Files.lines(corpus.resolve("articles.txt")).limit(count).collect(Collectors.toList());
    Analyzer analyzer = new WhitespaceAnalyzer();
    for (int at = 0; at < Math.min(3, articles.size()); at++) matching(memoryIndex(articles.get(at), analyzer), queries);  // warm
    long spent = 0;
    for (int at = 0; at < articles.size(); at++) {
      long start = THREAD.getCurrentThreadCpuTime();
      List<Integer> found = matching(memoryIndex(articles.get(at), analyzer), queries);
      spent += THREAD.getCurrentThreadCpuTime() - start;
      System.out.println("{\"article\":" + at + ",\"matches\":" + found + "}");
    }
    System.out.printf("{\"peer\":\"memory_index\",\"what\":\"standing\",\"queries\":%d,\"articles\":%d,\"cpu_s\":%.3f,"
        + "\"articles_per_cpu_s\":%.2f}%n", queries.size(), articles.size(), spent / 1e9, articles.size() / (spent / 1e9));
  }

  public static void main(String[] arguments) throws IOException {
    Path corpus = Paths.get(arguments[1]), index = Paths.get(arguments[2]);
    switch (arguments[0]) {
      case "index": index(corpus, index); break;
      case "query": query(corpus, index, arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1,
                          arguments.length > 4 ? List.of(arguments[4].split(",")) : List.of()); break;
      case "add": add(corpus, index); break;
      case "standing": standing(corpus, index, Integer.parseInt(arguments[3])); break;
      default: throw new IllegalArgumentException(arguments[0]);
    }
  }
}
